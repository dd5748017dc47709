// The field that renames an item of the sidebar. Enter and blur save the name, Escape cancels. A name that is too long
// stays in the field, so that the user can correct it.
import { useId, useRef, useState } from 'react';
import { lengthProblem } from '../../shared/domain/text-length';
import styles from './SideList.module.css';

type Props = {
  label: string;
  name: string;
  placeholder?: string;
  /** In Unicode characters. */
  maxLength: number;
  /** Called only with a changed name that is not empty. */
  onKeep: (name: string) => void;
  onDone: () => void;
};

export function NameField({ label, name, placeholder, maxLength, onKeep, onDone }: Props) {
  const [text, setText] = useState(name);
  const isDone = useRef(false);
  const problemId = useId();
  const problem = lengthProblem(text.trim(), maxLength);
  function end(shouldKeep: boolean): void {
    // Removing the field also fires blur.
    if (isDone.current || (shouldKeep && problem !== null)) return;
    isDone.current = true;
    const kept = text.trim();
    if (shouldKeep && kept !== '' && kept !== name) onKeep(kept);
    onDone();
  }
  return (
    <li className={styles['item']}>
      <input
        className={styles['field']}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : problemId}
        // biome-ignore lint/a11y/noAutofocus: the user has just opened this field to type.
        autoFocus
        // Selects backwards, so that the beginning of a long name is visible.
        onFocus={({ target }) => target.setSelectionRange(0, target.value.length, 'backward')}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => end(true)}
        onKeyDown={(event) => {
          // While a character is being composed, both keys belong to the input method.
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') end(true);
          else if (event.key === 'Escape') end(false);
          else return;
          // The same key press must not reach the element that gets the focus.
          event.preventDefault();
        }}
      />
      {problem !== null && (
        <p ref={scrollToProblem} className={styles['problem']} id={problemId} role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}

/** Scrolls the problem into view, because the list may end at the field. */
function scrollToProblem(problem: HTMLElement | null): void {
  problem?.scrollIntoView({ block: 'nearest' });
}
