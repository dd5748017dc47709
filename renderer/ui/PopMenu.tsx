// An icon button that opens a short list of actions.
import type { LucideIcon } from 'lucide-react';
import { IconButton } from './IconButton';
import styles from './PopMenu.module.css';
import { moveFocus, Popover } from './Popover';

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
      onKeyDown={moveFocus}
      trigger={(props) => <IconButton icon={icon} label={label} {...props} />}
    >
      {(close) => (
        <>
          {note !== undefined && <p className={styles['note']}>{note}</p>}
          {options.map((option) => (
            <button
              key={option.label}
              type="button"
              className={styles['option']}
              onClick={() => {
                close();
                option.onChoose();
              }}
            >
              {option.label}
            </button>
          ))}
        </>
      )}
    </Popover>
  );
}
