// A text field that saves on blur and on Enter. An invalid value is not saved and stays for correction.
import { type FormEvent, useEffect, useId, useState } from 'react';
import { Button } from './Button';
import styles from './TextField.module.css';

type Props = {
  label: string;
  value: string;
  placeholder: string;
  inputMode?: 'decimal' | 'numeric';
  /** The id of a datalist with suggestions. */
  list?: string;
  /** Returns what is wrong with a text and what to do, or null if it can be saved. */
  validate: (text: string) => string | null;
  onSave: (text: string) => void;
};

export function TextField({ label, value, placeholder, inputMode, list, validate, onSave }: Props) {
  const [text, setText] = useState(value);
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();

  // If the value changed elsewhere or was refused by the main process, the field shows the saved value.
  useEffect(() => setText(value), [value]);

  function save(event?: FormEvent): void {
    event?.preventDefault();
    const wanted = text.trim();
    const found = validate(wanted);
    setProblem(found);
    if (found === null && wanted !== value) onSave(wanted);
  }

  return (
    <form onSubmit={save} noValidate>
      <label className={styles['field']}>
        <span>{label}</span>
        <input
          className={styles['input']}
          placeholder={placeholder}
          inputMode={inputMode}
          list={list}
          spellCheck={false}
          autoComplete="off"
          value={text}
          aria-invalid={problem !== null || undefined}
          aria-describedby={problem === null ? undefined : problemId}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => save()}
        />
      </label>
      {problem !== null && (
        <p className={styles['problem']} id={problemId} role="alert">
          {problem}{' '}
          <Button
            onClick={() => {
              setText(value);
              setProblem(null);
            }}
          >
            Undo
          </Button>
        </p>
      )}
    </form>
  );
}
