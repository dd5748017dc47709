// A group of radio buttons, in a column or in a row.
import { type ReactNode, useId } from 'react';
import styles from './Choices.module.css';

type Props<Value extends string | number> = {
  label: string;
  /** `row` shows the label above. */
  look: 'list' | 'row';
  value: Value;
  options: readonly Value[];
  onChange: (value: Value) => void;
  /** Called after the user has chosen by pointer, or confirmed with Enter. */
  onDone?: () => void;
  render: (value: Value) => ReactNode;
};

export function Choices<Value extends string | number>(props: Props<Value>) {
  const { label, look, value, options, onChange, onDone, render } = props;
  const groupName = useId();
  return (
    <fieldset
      className={styles['options']}
      data-look={look}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        // Enter confirms the choice, and must not submit the form around it.
        event.preventDefault();
        onDone?.();
      }}
    >
      <legend className={look === 'list' ? 'visually-hidden' : styles['legend']}>{label}</legend>
      <div className={styles['values']}>
        {options.map((option) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: arrow keys choose and Enter confirms.
          <label
            key={option}
            className={styles['option']}
            onClick={(event) => {
              // Only the user's own click counts. The click that the label forwards has the detail 0.
              if (event.detail > 0 && onDone) setTimeout(onDone);
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
      </div>
    </fieldset>
  );
}
