// An overlay over the whole window that explains what dropping does.
import type { LucideIcon } from 'lucide-react';
import styles from './DropFrame.module.css';

type Props = {
  icon: LucideIcon;
  text: string;
  /** Explains what happens to the dropped files, or which files are accepted instead. */
  note?: string;
  /** Whether the files are refused. */
  isRefused?: boolean;
};

export function DropFrame({ icon: Icon, text, note, isRefused = false }: Props) {
  return (
    <div className={styles['overlay']} data-testid="drop-overlay">
      <div className={styles['frame']} data-refused={isRefused || undefined}>
        <div className={styles['card']}>
          <Icon size={24} strokeWidth={1.5} aria-hidden />
          <p className={styles['text']}>{text}</p>
          {note !== undefined && <p className={styles['note']}>{note}</p>}
        </div>
      </div>
    </div>
  );
}
