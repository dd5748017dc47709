// Says, over the whole window, what dropping here does.
import type { LucideIcon } from 'lucide-react';
import styles from './DropFrame.module.css';

type Props = {
  icon: LucideIcon;
  text: string;
  /** What becomes of it, or what is taken instead. */
  note?: string;
  /** Whether nothing is taken. */
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
