// A text field with one entry per line, which saves on blur. An invalid text is not saved, and stays in the field.
import { useEffect, useId, useState } from 'react';
import { Saved, useSaved } from '../../ui/Saved';
import styles from './LinesField.module.css';

type Props = {
  label: string;
  /** The saved text. */
  value: string;
  placeholder: string;
  rows: number;
  /** Whether the lines are code, which has no direction of its own and no spelling. */
  isCode?: boolean;
  /** Returns a problem and what to do about it, or null if the text can be saved. */
  validate: (text: string) => string | null;
  /** @returns whether it was saved; null if the text means the same as the saved one. */
  onSave: (text: string) => Promise<boolean> | null;
};

export function LinesField(props: Props) {
  const { label, value, placeholder, rows, isCode = false, validate, onSave } = props;
  const [text, setText] = useState(value);
  const [problem, setProblem] = useState<string | null>(null);
  const { isSaved, watch } = useSaved();
  const problemId = useId();

  // If the value changed elsewhere or was refused by the main process, the field shows the saved value.
  useEffect(() => setText(value), [value]);

  function save(): void {
    const found = validate(text);
    setProblem(found);
    const saving = found === null ? onSave(text) : null;
    if (saving !== null) watch(saving);
  }

  return (
    <label className={styles['label']}>
      <span className={styles['head']}>
        {label}
        <Saved isSaved={isSaved} />
      </span>
      <textarea
        className={styles['lines']}
        // The word "Saved" must not become part of the field's name.
        aria-label={label}
        rows={rows}
        {...(isCode ? { spellCheck: false, 'data-code': true } : { dir: 'auto' })}
        placeholder={placeholder}
        value={text}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : problemId}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
      />
      {problem !== null && (
        <span className={styles['problem']} id={problemId} role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}
