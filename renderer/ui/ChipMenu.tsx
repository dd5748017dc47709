// A chip that opens a short list to choose one value from.
import { type ReactNode, useId } from 'react';
import styles from './ChipMenu.module.css';
import chip from './chip.module.css';
import { Popover } from './Popover';

type Props<Value extends string | number> = {
  label: string;
  value: Value;
  options: readonly Value[];
  onChange: (value: Value) => void;
  render: (value: Value) => ReactNode;
};

export function ChipMenu<Value extends string | number>({
  label,
  value,
  options,
  onChange,
  render,
}: Props<Value>) {
  const groupName = useId();
  return (
    <Popover
      initialFocus=":checked"
      trigger={(props) => (
        <button
          type="button"
          className={chip['chip']}
          aria-label={`${label}: ${value}`}
          title={label}
          {...props}
        >
          {render(value)}
        </button>
      )}
    >
      {(close) => (
        <fieldset
          className={styles['options']}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            close();
          }}
        >
          <legend className="visually-hidden">{label}</legend>
          {options.map((option) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses with the arrow keys and closes with Enter.
            <label
              key={option}
              className={styles['option']}
              onClick={(event) => {
                // The user's own click chooses and closes. The click that the label forwards has no count.
                if (event.detail > 0) setTimeout(close);
              }}
            >
              <input
                type="radio"
                className={styles['radio']}
                name={groupName}
                checked={option === value}
                onChange={() => onChange(option)}
              />
              {render(option)}
            </label>
          ))}
        </fieldset>
      )}
    </Popover>
  );
}
