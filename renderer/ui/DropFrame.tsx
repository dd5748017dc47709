// Says, over the whole window, what dropping here does.
import type { LucideIcon } from 'lucide-react';
import styles from './DropFrame.module.css';

export function DropFrame({ icon: Icon, text }: { icon: LucideIcon; text: string }) {
  return (
    <div className={styles['overlay']} data-testid="drop-overlay">
      <div className={styles['frame']}>
        <Icon size={18} strokeWidth={1.75} aria-hidden />
        <p>{text}</p>
      </div>
    </div>
  );
}
