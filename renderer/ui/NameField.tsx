// The field that renames an item of the sidebar. Enter and blur save the name, Escape cancels.
import { useRef, useState } from 'react';
import styles from './SideList.module.css';

type Props = {
  label: string;
  name: string;
  placeholder?: string;
  maxLength: number;
  /** Called only with a changed name that is not empty. */
  onKeep: (name: string) => void;
  onDone: () => void;
};

export function NameField({ label, name, placeholder, maxLength, onKeep, onDone }: Props) {
  const [text, setText] = useState(name);
  const isDone = useRef(false);
  function end(keeps: boolean): void {
    // Removing the field also fires blur.
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
        // biome-ignore lint/a11y/noAutofocus: the user has just opened this field to type.
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => end(true)}
        onKeyDown={(event) => {
          // While a character is being composed, both keys belong to the input method.
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') end(true);
          if (event.key === 'Escape') end(false);
        }}
      />
    </li>
  );
}
