// The note below a field, which a problem with the field's text replaces. The note keeps the largest height that it has had,
// and reserves room for the texts that may follow, so that nothing below moves.
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './FieldNote.module.css';

type Props = {
  /** For `aria-describedby` of the field. */
  id: string;
  note: ReactNode;
  problem: string | null;
  /** Texts that may appear here while the user fills in the form. */
  later?: readonly string[] | undefined;
};

export function FieldNote({ id, note, problem, later = [] }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const isCovered = problem !== null;
  // A new note may be shorter than the previous one.
  useLayoutEffect(() => {
    box.current?.style.setProperty('--room', `${box.current.offsetHeight}px`);
  });
  return (
    <div ref={box} className={styles['note']}>
      <p role="status" {...(isCovered ? { 'aria-hidden': true, 'data-covered': true } : { id })}>
        {note}
      </p>
      {/* The style draws these texts, so that screen readers do not read them. */}
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
