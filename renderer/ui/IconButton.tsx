// An icon button. Its name is its accessible label and its tooltip.
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './IconButton.module.css';
import { PlainButton } from './PlainButton';

type Props = Omit<ComponentProps<typeof PlainButton>, 'children' | 'className'> & {
  icon: LucideIcon;
  label: string;
  size?: 16 | 18;
};

export function IconButton({ icon: Icon, label, size = 18, ...rest }: Props) {
  return (
    <PlainButton className={styles['button']} aria-label={label} title={label} {...rest}>
      <Icon size={size} strokeWidth={1.75} aria-hidden />
    </PlainButton>
  );
}
