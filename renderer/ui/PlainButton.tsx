// The base of all buttons. It treats a double click, or a held Enter key, as one press. It keeps the focus while it is
// disabled, which a native button would lose.
import { type ComponentProps, useState } from 'react';

type Props = ComponentProps<'button'> & {
  /** Whether each click counts, however fast. For steps such as zooming. */
  isRepeatable?: boolean;
};

export function PlainButton({ isRepeatable = false, disabled = false, ...props }: Props) {
  const { onClick, onKeyDown, onFocus, onBlur, ...rest } = props;
  const [hasFocus, setFocus] = useState(false);
  const isKept = disabled && hasFocus;
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled && !isKept}
      {...(isKept && { 'aria-disabled': true })}
      onFocus={(event) => {
        setFocus(true);
        onFocus?.(event);
      }}
      onBlur={(event) => {
        setFocus(false);
        onBlur?.(event);
      }}
      onClick={(event) => {
        // The number of clicks at this place in quick succession; 0 for the keyboard.
        if (disabled || (!isRepeatable && event.detail > 1)) event.preventDefault();
        else onClick?.(event);
      }}
      onKeyDown={(event) => {
        if (!isRepeatable && event.repeat && event.key === 'Enter') event.preventDefault();
        onKeyDown?.(event);
      }}
    />
  );
}
