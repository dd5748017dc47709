// Changes the size of the pictures with Ctrl and the wheel, like the browser's zoom.
import { type RefObject, useEffect } from 'react';

/** @param onDensity called with 1 for larger pictures, with -1 for smaller ones */
export function useDensityWheel(
  scroller: RefObject<HTMLDivElement | null>,
  onDensity: (by: 1 | -1) => void,
): void {
  // React's own listener is passive, and could not prevent the zoom.
  useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      if (event.deltaY !== 0) onDensity(event.deltaY < 0 ? 1 : -1);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [scroller, onDensity]);
}
