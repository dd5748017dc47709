// What is said below a field. What is wrong with its text takes the place of the note, and the room that was taken once
// stays, as does that of what may be said next: nothing below moves.
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './FieldNote.module.css';

type Props = {
  /** For `aria-describedby` of the field. */
  id: string;
  note: ReactNode;
  problem: string | null;
  /** What may be said here while the user fills in the form. */
  later?: readonly string[] | undefined;
};

export function FieldNote({ id, note, problem, later = [] }: Props) {
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
      {/* Text of the style is no text of the page, which would say it twice. */}
      {later.map((words) => (
        <p key={words} data-later={words} aria-hidden />
      ))}
      {isCovered && (
        <p id={id} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
