// The timeline's focus: the picture that Tab reaches and keys move, even if its tile is not rendered.
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { idAt, positionOf } from '../../../state/gallery/picture-index';
import { type LoadedOrder, revealing, type View } from './view';

/** @param first the picture that Tab reaches at first; null for the first one on screen. */
export function useFocus(
  grid: RefObject<HTMLElement | null>,
  { index, isComplete }: LoadedOrder,
  view: View,
  move: (change: (view: View) => View) => void,
  first: string | null,
) {
  const [focusId, setFocusId] = useState(first);
  /** The picture to focus as soon as its tile is rendered. */
  const pendingFocusId = useRef<string | null>(null);
  const hasFocus = useRef(false);
  const lastAt = useRef(0);
  /** Called with the last picture once it is known, after End was pressed; null if End is not pending. */
  const pendingEnd = useRef<((id: string) => void) | null>(null);
  const foundAt = useMemo(() => (focusId === null ? -1 : positionOf(index, focusId)), [index, focusId]);
  const focusAt = foundAt >= 0 ? foundAt : (view.anchor?.at ?? -1);
  if (foundAt >= 0) lastAt.current = foundAt;

  function goTo(at: number): void {
    const id = idAt(index, at);
    if (id === undefined) return;
    pendingEnd.current = null;
    setFocusId(id);
    pendingFocusId.current = id;
    move((now) => revealing(now, index, at));
  }

  const tileOf = (id: string) => grid.current?.querySelector<HTMLElement>(`[data-image-id="${id}"]`);
  // A tile that moves to another row is another element, so the focus follows the picture.
  useLayoutEffect(() => {
    if (!hasFocus.current || document.activeElement !== document.body) return;
    if (focusId !== null) tileOf(focusId)?.focus({ preventScroll: true });
  });
  useEffect(() => {
    // Not `focusId`: the effect may belong to a render before the key press.
    const element = pendingFocusId.current === null ? null : tileOf(pendingFocusId.current);
    if (!element) return;
    pendingFocusId.current = null;
    element.focus({ preventScroll: true });
  });
  const onOrderChanged = useEffectEvent((pictures: number) => {
    // The picture after a deleted one takes its place and its focus.
    if (foundAt < 0 && focusId !== null && hasFocus.current) goTo(Math.min(lastAt.current, pictures - 1));
    const id = idAt(index, pictures - 1);
    if (pendingEnd.current && isComplete && id !== undefined) {
      pendingEnd.current(id);
      goTo(pictures - 1);
    }
  });
  useEffect(() => onOrderChanged(index.length), [index]);

  return {
    focusAt,
    goTo,
    setFocusId,
    /**
     * Goes to the last picture once the order is completely loaded, unless the user goes elsewhere before.
     *
     * @param onReached called with its id just before.
     */
    goToEnd(onReached: (id: string) => void): void {
      pendingEnd.current = onReached;
    },
    handlers: {
      onFocus(event: { target: Element }): void {
        hasFocus.current = true;
        setFocusId(event.target.closest('[data-image-id]')?.getAttribute('data-image-id') ?? focusId);
      },
      onBlur(): void {
        hasFocus.current = false;
      },
    },
  };
}
