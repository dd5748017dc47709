// An icon that opens a short list of things to do.
import type { LucideIcon } from 'lucide-react';
import { useId, useRef } from 'react';
import { Button } from './Button';
import { IconButton } from './IconButton';
import styles from './PopMenu.module.css';

type Props = {
  icon: LucideIcon;
  /** Of the button. */
  label: string;
  /** Of the list. */
  name: string;
  /** On which side of the button it opens. */
  side: 'above' | 'below';
  note?: string;
  options: readonly { label: string; onChoose: () => void }[];
};

export function PopMenu({ icon, label, name, side, note, options }: Props) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  return (
    <div className={styles['anchor']}>
      <IconButton icon={icon} label={label} popoverTarget={id} aria-haspopup="dialog" />
      <div
        ref={popover}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={name}
        className={styles['menu']}
        data-side={side}
        onToggle={(event) => {
          if (event.newState === 'open') popover.current?.querySelector('button')?.focus();
        }}
      >
        {note !== undefined && <p>{note}</p>}
        {options.map((option) => (
          <Button
            key={option.label}
            onClick={() => {
              popover.current?.hidePopover();
              option.onChoose();
            }}
          >
            {option.label}
          </Button>
        ))}
      </div>
    </div>
  );
}
