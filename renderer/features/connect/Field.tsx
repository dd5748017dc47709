// A text field of the sheet, with its note or problem below.
import { useId } from 'react';
import { FieldNote } from '../../ui/FieldNote';
import styles from './ConnectSheet.module.css';
import type { WrongField } from './connect-service';

type Props = {
  field: WrongField;
  label: string;
  placeholder: string;
  /** The purpose of the field. */
  note: string;
  problem: string | null;
  /** A warning about a valid text. */
  warning?: string | null;
  /** As for `FieldNote`. */
  later?: readonly string[] | undefined;
  value: string;
  onChange: (text: string) => void;
  onBlur: () => void;
};

export function Field(props: Props) {
  const { field, label, placeholder, note, problem, warning = null, later, value, onChange, onBlur } = props;
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
      <FieldNote id={noteId} {...{ note, later }} problem={problem ?? warning} />
    </div>
  );
}
