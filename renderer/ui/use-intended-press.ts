// Ignores presses that were meant for previous content, such as a second Enter, where they would cost money.
import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef } from 'react';

/** Minimum time to read new content (ms). Chromium's prompts use the same delay. */
const readMs = 500;

type Press = {
  /** When it happened, on the clock of `performance.now()`. */
  at: number;
  /** Whether a key is held down, or a click is the second of a double click. */
  isRepeated: boolean;
};

/** Returns whether a press can be a response to content that appeared at `shownAt`. */
export function isIntended({ at, isRepeated }: Press, shownAt: number): boolean {
  return !isRepeated && at - shownAt >= readMs;
}

/** Returns handlers for an element in which Enter, or a click on a button, has another effect once `isShown` is true. */
export function useIntendedPress(isShown: boolean) {
  const shownAt = useRef(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    shownAt.current = isShown ? performance.now() : Number.POSITIVE_INFINITY;
  }, [isShown]);

  function ignore(event: KeyboardEvent | MouseEvent): void {
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    onKeyDownCapture(event: KeyboardEvent): void {
      const isPress = event.key === 'Enter' || (event.key === ' ' && isOnButton(event));
      const press = { at: event.timeStamp, isRepeated: event.repeat };
      if (isShown && isPress && !isIntended(press, shownAt.current)) ignore(event);
    },
    // A single click is aimed at the visible content.
    onClickCapture(event: MouseEvent): void {
      if (isShown && event.detail > 1 && isOnButton(event)) ignore(event);
    },
  };
}

function isOnButton({ target }: KeyboardEvent | MouseEvent): boolean {
  return target instanceof Element && target.closest('button') !== null;
}
