// What is said below a field. What is wrong with its text takes the place of the note, whose room stays: nothing below moves.
import type { ReactNode } from 'react';
import styles from './FieldNote.module.css';

type Props = {
  /** For `aria-describedby` of the field. */
  id: string;
  note: ReactNode;
  problem: string | null;
};

export function FieldNote({ id, note, problem }: Props) {
  const isCovered = problem !== null;
  return (
    <div className={styles['note']}>
      <p role="status" {...(isCovered ? { 'aria-hidden': true, 'data-covered': true } : { id })}>
        {note}
      </p>
      {isCovered && (
        <p id={id} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
