// A sentence and the button that belongs to it: beside the sentence, however many lines that has.
import type { ReactNode } from 'react';
import styles from './WordsWithButton.module.css';

type Props = { words: string; className?: string | undefined; children: ReactNode };

export function WordsWithButton({ words, className, children }: Props) {
  return (
    <div className={styles['line']}>
      <p className={className}>{words}</p>
      {children}
    </div>
  );
}
