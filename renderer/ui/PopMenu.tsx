// An icon button that opens a short list of actions.
import type { LucideIcon } from 'lucide-react';
import { Button } from './Button';
import { IconButton } from './IconButton';
import styles from './PopMenu.module.css';
import { Popover } from './Popover';

type Props = {
  icon: LucideIcon;
  /** Accessible name of the button. */
  label: string;
  /** Accessible name of the list. */
  name: string;
  side: 'above' | 'below';
  note?: string;
  options: readonly { label: string; onChoose: () => void }[];
};

export function PopMenu({ icon, label, name, side, note, options }: Props) {
  return (
    <Popover
      name={name}
      side={side}
      align="center"
      initialFocus="button"
      trigger={(props) => <IconButton icon={icon} label={label} {...props} />}
    >
      {(close) => (
        <div className={styles['list']}>
          {note !== undefined && <p className={styles['note']}>{note}</p>}
          {options.map((option) => (
            <Button
              key={option.label}
              onClick={() => {
                close();
                option.onChoose();
              }}
            >
              {option.label}
            </Button>
          ))}
        </div>
      )}
    </Popover>
  );
}
