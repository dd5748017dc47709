// A text field that saves on blur and on Enter. An invalid value is not saved, and stays in the field.

import { type FormEvent, useEffect, useEffectEvent, useId, useState } from 'react';
import { t } from '../../shared/languages/translate';
import { Button } from './Button';
import { Saved, useSaved } from './Saved';
import styles from './TextField.module.css';

type Props = {
  label: string;
  value: string;
  placeholder: string;
  /** The unit of a number, shown after it inside the field. */
  unit?: string;
  inputMode?: 'decimal' | 'numeric';
  /** The id of a datalist with suggestions. */
  list?: string;
  /** Returns a problem and what to do about it, or null if the text can be saved. It may change between renders. */
  validate: (text: string) => string | null;
  /** Returns a warning that the user must accept before a valid text is saved; null if there is none. */
  warn?: (text: string) => string | null;
  /** @returns whether it was saved. */
  onSave: (text: string) => Promise<boolean>;
  /** Called when the field starts or stops showing an unsaved text, which is invalid or needs agreement. */
  onRefused?: (isRefused: boolean) => void;
};

export function TextField(props: Props) {
  const { label, value, placeholder, unit, inputMode, list, validate, warn, onSave, onRefused } = props;
  const [text, setText] = useState(value);
  /** The text that the user wanted to save. It is validated at each render, because its conditions may change. */
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

  // A refused text that becomes valid through another change is saved without another key press.
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
            // The word "Saved" must not become part of the field's name.
            aria-label={label}
            aria-invalid={problem !== null || undefined}
            aria-describedby={(problem ?? warning) ? problemId : undefined}
            onChange={(event) => setText(event.target.value)}
            onBlur={() => save(false)}
          />
          {unit !== undefined && (
            // A number's label fills its narrow column: the word beside it would make the line higher.
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
