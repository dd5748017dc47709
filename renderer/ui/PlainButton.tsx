// The button under all others. It takes a double click, and a held Enter key, as one press.
import type { ComponentProps } from 'react';

type Props = ComponentProps<'button'> & {
  /** Each click counts, however fast: for steps such as zooming. */
  isRepeatable?: boolean;
};

export function PlainButton({ isRepeatable = false, onClick, onKeyDown, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      onClick={(event) => {
        // The number of clicks at this place in quick succession; 0 for the keyboard.
        if (!isRepeatable && event.detail > 1) event.preventDefault();
        else onClick?.(event);
      }}
      onKeyDown={(event) => {
        if (!isRepeatable && event.repeat && event.key === 'Enter') event.preventDefault();
        onKeyDown?.(event);
      }}
    />
  );
}
