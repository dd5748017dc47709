// A scrolling page with a title.
import type { ReactNode } from 'react';
import styles from './Page.module.css';

type Props = {
  title: string;
  /** Leads to where the user came from, above the title. */
  back?: ReactNode;
  /** Whether it is for pictures, which take all of the width, and not for reading. */
  isWide?: boolean;
  children: ReactNode;
};

export function Page({ title, back, isWide = false, children }: Props) {
  return (
    <main className={styles['page']} aria-label={title}>
      <div className={styles['column']} data-wide={isWide || undefined}>
        {back}
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
