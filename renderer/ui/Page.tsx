// A scrolling page with a title.
import type { ReactNode } from 'react';
import styles from './Page.module.css';

export function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles['page']} aria-label={title}>
      <div className={styles['column']}>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
