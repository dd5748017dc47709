// A quiet chip that opens a short list to choose one from.
import { type ReactNode, useId, useRef } from 'react';
import styles from './ChipMenu.module.css';

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
  const id = useId();
  const popover = useRef<HTMLFieldSetElement>(null);
  return (
    <div className={styles['anchor']}>
      <button
        type="button"
        className={styles['chip']}
        popoverTarget={id}
        aria-label={`${label}: ${value}`}
        title={label}
      >
        {render(value)}
      </button>
      <fieldset
        ref={popover}
        id={id}
        popover="auto"
        className={styles['menu']}
        onToggle={(event) => {
          if (event.newState === 'open') popover.current?.querySelector<HTMLElement>(':checked')?.focus();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          popover.current?.hidePopover();
        }}
      >
        <legend className="visually-hidden">{label}</legend>
        {options.map((option) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses with the arrow keys and closes with Enter.
          <label
            key={option}
            className={styles['option']}
            onClick={(event) => {
              // The user's own click chooses and closes; the one that the label passes on has no count.
              if (event.detail > 0) setTimeout(() => popover.current?.hidePopover());
            }}
          >
            <input
              type="radio"
              className={styles['radio']}
              name={id}
              checked={option === value}
              onChange={() => onChange(option)}
            />
            {render(option)}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
