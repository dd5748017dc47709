// A text field that saves on blur and on Enter. An invalid value is not saved and stays for correction.

import { type FormEvent, useEffect, useEffectEvent, useId, useState } from 'react';
import { t } from '../../shared/languages/translate';
import { Button } from './Button';
import { Saved, useSaved } from './Saved';
import styles from './TextField.module.css';

type Props = {
  label: string;
  value: string;
  placeholder: string;
  /** Of a number, shown inside the field after it. */
  unit?: string;
  inputMode?: 'decimal' | 'numeric';
  /** The id of a datalist with suggestions. */
  list?: string;
  /** Returns what is wrong with a text and what to do, or null if it can be saved. It may change between renders. */
  validate: (text: string) => string | null;
  /** Returns what the user must agree to before a valid text is saved; null if nothing. */
  warn?: (text: string) => string | null;
  /** @returns whether it was saved. */
  onSave: (text: string) => Promise<boolean>;
  /** Called when a text begins or ceases to stand there that was not saved, because it is wrong or needs agreement. */
  onRefused?: (isRefused: boolean) => void;
};

export function TextField(props: Props) {
  const { label, value, placeholder, unit, inputMode, list, validate, warn, onSave, onRefused } = props;
  const [text, setText] = useState(value);
  /** What the user wanted to save. It is judged at each render, because what it depends on may change. */
  const [wanted, setWanted] = useState<string | null>(null);
  const { isSaved, watch } = useSaved();
  const problemId = useId();
  const problem = wanted === null ? null : validate(text.trim());
  const warning = wanted !== null && problem === null && wanted === text.trim() ? warn?.(wanted) : null;

  // If the value changed elsewhere or was refused by the main process, the field shows the saved value.
  useEffect(() => {
    setText(value);
    setWanted(null);
  }, [value]);

  function save(hasAgreed: boolean): void {
    const next = text.trim();
    const mayBeSaved = validate(next) === null && (hasAgreed || next === value || !warn?.(next));
    setWanted(mayBeSaved ? null : next);
    if (mayBeSaved && next !== value) watch(onSave(next));
  }

  // A refused text that has become valid, by a change of something else, is saved without another key.
  const saveRefused = useEffectEvent(() => {
    if (wanted === text.trim()) save(false);
  });
  useEffect(() => {
    if (problem === null) saveRefused();
  }, [problem]);

  const tellRefused = useEffectEvent((refused: boolean) => onRefused?.(refused));
  const isRefused = wanted !== null;
  useEffect(() => tellRefused(isRefused), [isRefused]);

  function undo(): void {
    setText(value);
    setWanted(null);
  }

  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save(false);
      }}
      noValidate
    >
      <label className={styles['field']}>
        <span className={styles['head']}>
          {label}
          {unit === undefined && <Saved isSaved={isSaved} />}
        </span>
        <span className={styles['box']}>
          <input
            className={styles['input']}
            placeholder={placeholder}
            inputMode={inputMode}
            list={list}
            spellCheck={false}
            autoComplete="off"
            value={text}
            // The word "Saved" beside it is no part of its name.
            aria-label={label}
            aria-invalid={problem !== null || undefined}
            aria-describedby={(problem ?? warning) ? problemId : undefined}
            onChange={(event) => setText(event.target.value)}
            onBlur={() => save(false)}
          />
          {unit !== undefined && (
            // Labels of numbers fill their narrow columns: beside one, the word would make the line higher.
            <span className={styles['unit']}>
              {!isSaved && unit}
              <Saved isSaved={isSaved} />
            </span>
          )}
        </span>
      </label>
      {problem !== null && (
        <p className={styles['problem']} id={problemId} role="alert">
          {problem} <Button onClick={undo}>{t('ui.undo')}</Button>
        </p>
      )}
      {warning && (
        <p className={styles['problem']} id={problemId} role="alert">
          {warning} <Button onClick={undo}>{t('ui.undo')}</Button>{' '}
          <Button tone="danger" onClick={() => save(true)}>
            {t('ui.use_anyway')}
          </Button>
        </p>
      )}
    </form>
  );
}
