// Where something of a list in the sidebar gets its name: Enter or leaving keeps it, Escape does not.
import { useRef, useState } from 'react';
import styles from './SideList.module.css';

type Props = {
  label: string;
  name: string;
  placeholder?: string;
  maxLength: number;
  /** Another name, and not an empty one. */
  onKeep: (name: string) => void;
  onDone: () => void;
};

export function NameField({ label, name, placeholder, maxLength, onKeep, onDone }: Props) {
  const [text, setText] = useState(name);
  const isDone = useRef(false);
  function end(keeps: boolean): void {
    // A field that is taken away is left too.
    if (isDone.current) return;
    isDone.current = true;
    const kept = text.trim();
    if (keeps && kept !== '' && kept !== name) onKeep(kept);
    onDone();
  }
  return (
    <li className={styles['item']}>
      <input
        className={styles['field']}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={maxLength}
        // biome-ignore lint/a11y/noAutofocus: the user has just asked to type here.
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => end(true)}
        onKeyDown={(event) => {
          // While letters are being composed, both keys are the input method's.
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') end(true);
          if (event.key === 'Escape') end(false);
        }}
      />
    </li>
  );
}
