// The word "Saved" beside a control whose change was stored.

import { Check } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { t } from '../../shared/languages/translate';
import styles from './Saved.module.css';

/** How long the word stays (ms). */
const shownMs = 2500;

/** Tracks whether a change was saved a moment ago. The store reports a failure and undoes the change. */
export function useSaved(): { isSaved: boolean; watch: (change: Promise<boolean>) => void } {
  const [isSaved, setSaved] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const watch = useCallback((change: Promise<boolean>) => {
    clearTimeout(timer.current);
    // Resets first, so that a second change is announced again.
    setSaved(false);
    void change.then((ok) => {
      if (!ok) return;
      clearTimeout(timer.current);
      setSaved(true);
      timer.current = setTimeout(() => setSaved(false), shownMs);
    });
  }, []);
  return { isSaved, watch };
}

/** The live region is always mounted, so that screen readers announce what appears in it. */
export function Saved({ isSaved }: { isSaved: boolean }) {
  return (
    <span role="status" className={styles['saved']}>
      {isSaved && (
        <>
          <Check size={16} strokeWidth={1.75} aria-hidden /> {t('ui.saved')}
        </>
      )}
    </span>
  );
}
