// A shortcut, drawn as keys.
import type { Shortcut } from '../../shared/domain/commands';
import { keyAlongLine } from './direction';
import styles from './Keys.module.css';
import { keyLabels } from './shortcut';

export function Keys({ shortcut }: { shortcut: Shortcut }) {
  return (
    <span className={styles['keys']}>
      {keyLabels(keyAlongLine(shortcut)).map((label) => (
        <kbd key={label}>{label}</kbd>
      ))}
    </span>
  );
}
