// Where the context menu of a row opens.
import type { MouseEvent } from 'react';
import { leftOfAligned } from './direction';
import type { MenuPlace } from './Menu';

/** Returns the place for a `contextmenu` event: at the pointer, or below the row's text if a key opened it. */
export function contextMenuPlace(event: MouseEvent, row: Element): MenuPlace {
  const box = row.getBoundingClientRect();
  const [x, y] = event.button === 2 ? [event.clientX, event.clientY] : [leftOfAligned(box, 0), box.bottom];
  return { left: x, right: x, top: y, bottom: y };
}
