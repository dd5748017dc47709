// A muted button with a label, and usually an icon, that stands out only on hover or focus.
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { PlainButton } from './PlainButton';
import styles from './QuietButton.module.css';

type Props = Omit<ComponentProps<typeof PlainButton>, 'children' | 'className'> & {
  /** Absent if no icon fits the label. */
  icon?: LucideIcon;
  label: string;
};

/** In a container that is too narrow for the label, the container's style hides the span. */
export function QuietButton({ icon: Icon, label, ...rest }: Props) {
  return (
    <PlainButton className={styles['button']} aria-label={label} {...rest}>
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      <span>{label}</span>
    </PlainButton>
  );
}
