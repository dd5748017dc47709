// A field of the options: a text or a number, applied while typing. An invalid value stays in the field, with the reason.
import { useEffect, useId, useState } from 'react';
import styles from './options.module.css';

type Props<Value> = {
  label: string;
  placeholder: string;
  inputMode?: 'numeric' | 'decimal';
  /** The value in use, as text. */
  value: string;
  /** Returns the value of a trimmed text; null if it is not valid. */
  read: (text: string) => Value | null;
  /** The message for an invalid text. */
  problem: string;
  note?: string;
  /** Whether the value is text in the user's language. */
  isProse?: boolean;
  onChange: (value: Value) => void;
  onDone: () => void;
};

export function OptionField<Value>(props: Props<Value>) {
  const {
    label,
    placeholder,
    inputMode,
    value,
    read,
    problem,
    note,
    isProse = false,
    onChange,
    onDone,
  } = props;
  /** The typed text while it differs from the value in use: it is invalid, or incomplete such as "7." before "7.5". */
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const noteId = useId();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new value replaces an invalid typed text.
  useEffect(() => {
    setTyped((text) => (text !== null && read(text.trim()) === null ? null : text));
    setWrong(false);
  }, [value]);

  function take(text: string): void {
    const found = read(text.trim());
    setTyped(text);
    setWrong(found === null);
    if (found !== null) onChange(found);
  }

  return (
    <label className={styles['field']}>
      <span>{label}</span>
      <input
        type="text"
        className={styles['input']}
        aria-label={label}
        aria-describedby={isWrong || note !== undefined ? noteId : undefined}
        aria-invalid={isWrong || undefined}
        placeholder={placeholder}
        inputMode={inputMode}
        autoComplete="off"
        spellCheck={isProse}
        value={typed ?? value}
        onChange={(event) => take(event.target.value)}
        onBlur={() => {
          if (!isWrong) setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          // Enter confirms the value and does not send the message.
          event.preventDefault();
          onDone();
        }}
      />
      {(isWrong || note !== undefined) && (
        <small id={noteId} className={styles['note']} role={isWrong ? 'alert' : undefined}>
          {isWrong ? problem : note}
        </small>
      )}
    </label>
  );
}
