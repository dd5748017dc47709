// A button with a text label.
import type { ComponentProps } from 'react';
import styles from './Button.module.css';

type Props = Omit<ComponentProps<'button'>, 'className'> & { tone?: 'plain' | 'danger' };

export function Button({ tone = 'plain', ...rest }: Props) {
  return <button type="button" className={styles['button']} data-tone={tone} {...rest} />;
}
