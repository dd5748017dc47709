// What is said below a field. What is wrong with its text takes the place of the note, and the room that was taken once
// stays: nothing below moves.
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './FieldNote.module.css';

type Props = {
  /** For `aria-describedby` of the field. */
  id: string;
  note: ReactNode;
  problem: string | null;
};

export function FieldNote({ id, note, problem }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const isCovered = problem !== null;
  // Another note may be shorter than the one before.
  useLayoutEffect(() => {
    box.current?.style.setProperty('--room', `${box.current.offsetHeight}px`);
  });
  return (
    <div ref={box} className={styles['note']}>
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
