// The footnotes of an answer, listed at its end.

import type { FootnoteDefinition } from 'mdast';
import { use } from 'react';
import { t } from '../../../../shared/languages/translate';
import styles from './Markdown.module.css';
import { footnoteId, ReferencesContext } from './references-context';
import { BlockNode } from './render-nodes';

export function Footnotes({ footnotes }: { footnotes: ReadonlyMap<string, FootnoteDefinition> }) {
  const { idPrefix } = use(ReferencesContext);
  if (footnotes.size === 0) return null;
  return (
    <section className={styles['footnotes']} aria-label={t('chat.footnotes')}>
      <ol>
        {[...footnotes].map(([label, { children }], index) => (
          // Focusable by script only, so that its number can lead here.
          <li key={label} id={footnoteId(idPrefix, index + 1)} tabIndex={-1}>
            {children.map((node, at) => (
              <BlockNode key={at} node={node} />
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
