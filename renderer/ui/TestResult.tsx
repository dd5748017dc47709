// The result of a service's test: a spinner while it runs, then success or failure.
import { Check, LoaderCircle, TriangleAlert } from 'lucide-react';
import styles from './TestResult.module.css';

type Props = { state: 'asking' | 'good' | 'bad' | undefined; words: string };

const icons = { asking: LoaderCircle, good: Check, bad: TriangleAlert };

export function TestResult({ state, words }: Props) {
  const Icon = state && icons[state];
  return (
    <p role="status" className={styles['verdict']} data-verdict={state}>
      {Icon && (
        <>
          <Icon size={16} strokeWidth={1.75} aria-hidden /> {words}
        </>
      )}
    </p>
  );
}
