// The number of a footnote in the text of an answer.

import { use } from 'react';
import { t } from '../../../../shared/languages/translate';
import { normalizeLabel } from './parse-markdown';
import { footnoteId, ReferencesContext } from './references-context';

export function FootnoteReference({ identifier }: { identifier: string }) {
  const { idPrefix, footnotes } = use(ReferencesContext);
  const number = [...footnotes.keys()].indexOf(normalizeLabel(identifier)) + 1;
  if (number === 0) return `[^${identifier}]`;
  const id = footnoteId(idPrefix, number);
  return (
    <sup>
      <a
        href={`#${id}`}
        aria-label={t('chat.footnote', { number })}
        onClick={(event) => {
          event.preventDefault();
          document.getElementById(id)?.focus();
        }}
      >
        {number}
      </a>
    </sup>
  );
}
