// A button of a word, and mostly an icon, that recedes until the pointer or the focus reaches it.
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { PlainButton } from './PlainButton';
import styles from './QuietButton.module.css';

type Props = Omit<ComponentProps<typeof PlainButton>, 'children' | 'className'> & {
  /** Absent where every icon would say something else. */
  icon?: LucideIcon;
  label: string;
};

/** Where a container is too narrow for words, its style hides the span. */
export function QuietButton({ icon: Icon, label, ...rest }: Props) {
  return (
    <PlainButton className={styles['button']} aria-label={label} {...rest}>
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      <span>{label}</span>
    </PlainButton>
  );
}
