// A chip that opens a short list to choose one value from.
import type { ReactNode } from 'react';
import { Choices } from './Choices';
import chip from './chip.module.css';
import { Popover } from './Popover';

type Props<Value extends string | number> = {
  label: string;
  value: Value;
  options: readonly Value[];
  onChange: (value: Value) => void;
  render: (value: Value) => ReactNode;
};

export function ChipMenu<Value extends string | number>({ label, value, ...choices }: Props<Value>) {
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
          {choices.render(value)}
        </button>
      )}
    >
      {(close) => <Choices label={label} look="list" value={value} {...choices} onDone={close} />}
    </Popover>
  );
}
