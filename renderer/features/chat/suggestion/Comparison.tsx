// Two texts side by side: removed words are struck through in the first, added words are underlined in the second.

import { useEffect, useMemo, useRef } from 'react';
import { t } from '../../../../shared/languages/translate';
import styles from './Comparison.module.css';
import { type TextPart, wordDifferences } from './word-differences';

type Props = {
  before: string;
  after: string;
  /** Whether the second text is a field. */
  isEditing: boolean;
  onEdit: (text: string) => void;
};

export function Comparison({ before, after, isEditing, onEdit }: Props) {
  const differences = useMemo(() => wordDifferences(before, after), [before, after]);
  const { removed, added } = differences;
  return (
    <div className={styles['comparison']}>
      {before.trim() !== '' && <Text name={t('composer.your_draft')} parts={differences.before} as="del" />}
      {isEditing ? (
        <Field text={after} onEdit={onEdit} />
      ) : (
        <Text name={t('composer.suggestion')} parts={differences.after} as="ins" />
      )}
      {before.trim() !== '' && (
        <p className={styles['count']}>{t('composer.words_changed', { added, removed })}</p>
      )}
    </div>
  );
}

function Text({ name, parts, as: Mark }: { name: string; parts: readonly TextPart[]; as: 'del' | 'ins' }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a border and a legend.
    <div role="group" aria-label={name} className={styles['text']}>
      <span className={styles['name']} aria-hidden>
        {name}
      </span>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <p dir="auto" tabIndex={0}>
        {parts.map(({ text, isOwn }, at) => (isOwn ? <Marked key={at} text={text} as={Mark} /> : text))}
      </p>
    </div>
  );
}

/** The spaces around changed words are not marked. */
function Marked({ text, as: Mark }: { text: string; as: 'del' | 'ins' }) {
  const words = text.trim();
  const start = text.indexOf(words);
  if (words === '') return <Mark>{text}</Mark>;
  return (
    <>
      {text.slice(0, start)}
      <Mark>{words}</Mark>
      {text.slice(start + words.length)}
    </>
  );
}

function Field({ text, onEdit }: { text: string; onEdit: (text: string) => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <div className={styles['text']}>
      <span className={styles['name']} aria-hidden>
        {t('composer.suggestion')}
      </span>
      <textarea
        ref={field}
        aria-label={t('composer.suggestion')}
        dir="auto"
        value={text}
        onChange={(event) => onEdit(event.target.value)}
      />
    </div>
  );
}
