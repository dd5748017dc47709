// Places a new window: offset from the one that it was opened from, and never exactly over another.
import type { Bounds, Size } from './window-state';

/** In device-independent pixels. */
const step = 32;

/**
 * Returns bounds for a new window. A window that would leave the display is made smaller instead of moved, so that it
 * does not hide the other one.
 *
 * @param opener the window that it is opened from.
 * @param others bounds of all windows.
 * @param area usable area of the opener's display.
 */
export function cascaded(opener: Bounds, others: readonly Bounds[], area: Bounds, minSize: Size): Bounds {
  const isTaken = ({ x, y }: Bounds) => others.some((other) => other.x === x && other.y === y);
  let { x, y } = opener;
  do {
    x += step;
    y += step;
  } while (isTaken({ ...opener, x, y }));
  const fitting = (size: number, room: number, min: number) => Math.max(min, Math.min(size, room));
  return {
    x,
    y,
    width: fitting(opener.width, area.x + area.width - x, minSize.width),
    height: fitting(opener.height, area.y + area.height - y, minSize.height),
  };
}
