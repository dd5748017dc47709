// A model's thoughts before its answer. Collapsed, because they are rarely of interest and often longer than the answer.

import { ChevronRight } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import styles from './Thought.module.css';

export function Thought({ text, isArriving }: { text: string; isArriving: boolean }) {
  if (text === '' && !isArriving) return null;
  return (
    <details className={styles['thought']}>
      <summary className={styles['summary']}>
        <ChevronRight size={14} strokeWidth={1.75} aria-hidden />
        {t(isArriving ? 'chat.thinking' : 'chat.thoughts')}
      </summary>
      <p className={styles['text']} dir="auto">
        {text}
      </p>
    </details>
  );
}
