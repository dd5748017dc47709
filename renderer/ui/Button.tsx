// A button with a text label.
import type { ComponentProps } from 'react';
import styles from './Button.module.css';
import { PlainButton } from './PlainButton';

type Props = Omit<ComponentProps<typeof PlainButton>, 'className'> & {
  /** `primary`: the action that most users want next; at most one in a dialog or a banner. */
  tone?: 'plain' | 'primary' | 'danger';
};

export function Button({ tone = 'plain', ...rest }: Props) {
  return <PlainButton className={styles['button']} data-tone={tone} {...rest} />;
}
