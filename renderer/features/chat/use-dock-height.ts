// Tells the styles of the chat how much of its end the composer covers, which floats over it and grows with its text.
import { type RefObject, useLayoutEffect } from 'react';

/** Sets `--dock-height` on the view, in CSS pixels. */
export function useDockHeight(
  view: RefObject<HTMLElement | null>,
  dock: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    const element = dock.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const { offsetHeight } = element;
      // While another view is shown it has no size.
      if (offsetHeight > 0) view.current?.style.setProperty('--dock-height', `${offsetHeight}px`);
    });
    observer.observe(element, { box: 'border-box' });
    return () => observer.disconnect();
  }, [view, dock]);
}
