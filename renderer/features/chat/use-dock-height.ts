// Tells the styles of the chat the height of the composer, which floats over its end and grows with its text.
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
      // The composer has no size while another view is shown.
      if (offsetHeight > 0) view.current?.style.setProperty('--dock-height', `${offsetHeight}px`);
    });
    observer.observe(element, { box: 'border-box' });
    return () => observer.disconnect();
  }, [view, dock]);
}
