// A switch for a yes-or-no setting, with its label and an explanation below.
import { type ReactNode, useId } from 'react';
import { Saved, useSaved } from './Saved';
import styles from './Switch.module.css';

type Props = {
  label: string;
  checked: boolean;
  disabled?: boolean;
  /** Explains the choice. */
  note?: ReactNode;
  /** @returns whether the change was saved. */
  onChange: (checked: boolean) => Promise<boolean>;
};

export function Switch({ label, checked, disabled, note, onChange }: Props) {
  const noteId = useId();
  const { isSaved, watch } = useSaved();
  return (
    <div className={styles['row']}>
      <label className={styles['label']}>
        <input
          type="checkbox"
          role="switch"
          className={styles['switch']}
          checked={checked}
          aria-checked={checked}
          disabled={disabled}
          aria-describedby={note === undefined ? undefined : noteId}
          onChange={(event) => watch(onChange(event.target.checked))}
        />
        {label}
      </label>
      <Saved isSaved={isSaved} />
      {note !== undefined && (
        <p id={noteId} className={styles['note']}>
          {note}
        </p>
      )}
    </div>
  );
}
