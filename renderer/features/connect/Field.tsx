// One line of the sheet to type in, with what is wrong with it right below.
import { useId } from 'react';
import { FieldNote } from '../../ui/FieldNote';
import styles from './ConnectSheet.module.css';
import type { WrongField } from './connect-service';

type Props = {
  field: WrongField;
  label: string;
  placeholder: string;
  /** What it is for. */
  note: string;
  problem: string | null;
  value: string;
  onChange: (text: string) => void;
  onBlur: () => void;
};

export function Field({ field, label, placeholder, note, problem, value, onChange, onBlur }: Props) {
  const noteId = useId();
  return (
    <div className={styles['field']}>
      <label className={styles['label']}>
        <span>{label}</span>
        <input
          className={styles['input']}
          data-field={field}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          value={value}
          aria-invalid={problem !== null || undefined}
          aria-describedby={noteId}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
        />
      </label>
      <FieldNote id={noteId} note={note} problem={problem} />
    </div>
  );
}
