// A banner: a title, an explanation, and actions.
import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { PlainButton } from './PlainButton';

type Props = { tone: 'quiet' | 'problem'; title: string; text: string; children?: ReactNode };

export function Banner({ tone, title, text, children }: Props) {
  return (
    <section className={styles['banner']} data-tone={tone} aria-label={title} aria-live="polite">
      <div className={styles['words']}>
        <strong className={styles['title']}>{title}</strong>
        <p className={styles['text']}>{text}</p>
      </div>
      {children && <div className={styles['actions']}>{children}</div>}
    </section>
  );
}

export function BannerAction({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <PlainButton className={styles['action']} onClick={onClick}>
      {label}
    </PlainButton>
  );
}
