// A sentence with a button beside it, whatever the number of its lines.
import type { ReactNode } from 'react';
import styles from './TextWithButton.module.css';

type Props = { words: string; className?: string | undefined; children: ReactNode };

export function TextWithButton({ words, className, children }: Props) {
  return (
    <div className={styles['line']}>
      <p className={className}>{words}</p>
      {children}
    </div>
  );
}
