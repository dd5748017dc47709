// A scrolling page with a title.
import type { ReactNode } from 'react';
import styles from './Page.module.css';

/** @param back leads to where the user came from, above the title. */
export function Page({ title, back, children }: { title: string; back?: ReactNode; children: ReactNode }) {
  return (
    <main className={styles['page']} aria-label={title}>
      <div className={styles['column']}>
        {back}
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
