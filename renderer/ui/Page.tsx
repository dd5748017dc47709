// A scrolling page with a title.
import type { ReactNode } from 'react';
import styles from './Page.module.css';

type Props = {
  title: string;
  /** The link above the title that leads back to the previous page. */
  back?: ReactNode;
  /** Whether the page shows pictures and uses the full width, instead of a width for reading. */
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
