// The timeline's focus: one picture that Tab comes to, and that keys move on, though its tile may come and go.
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { idAt, type PictureIndex, positionOf } from '../picture-index';
import { revealing, type View } from './view';

export function useFocus(
  grid: RefObject<HTMLElement | null>,
  index: PictureIndex,
  view: View,
  isComplete: boolean,
  move: (change: (view: View) => View) => void,
) {
  const [focusId, setFocusId] = useState<string | null>(null);
  const takesFocus = useRef(false);
  const holdsFocus = useRef(false);
  const lastAt = useRef(0);
  const wantsEnd = useRef(false);
  const foundAt = useMemo(() => (focusId === null ? -1 : positionOf(index, focusId)), [index, focusId]);
  const focusAt = foundAt >= 0 ? foundAt : (view.anchor?.at ?? -1);
  if (foundAt >= 0) lastAt.current = foundAt;

  function goTo(at: number): void {
    const id = idAt(index, at);
    if (id === undefined) return;
    setFocusId(id);
    takesFocus.current = true;
    move((now) => revealing(now, index, at));
  }

  const tile = () => grid.current?.querySelector<HTMLElement>(`[data-image-id="${focusId}"]`);
  // A tile that goes to another row, or out of sight, is another element: the focus goes with the picture.
  useLayoutEffect(() => {
    if (!holdsFocus.current || document.activeElement !== document.body) return;
    tile()?.focus({ preventScroll: true });
  });
  useEffect(() => {
    const element = takesFocus.current && tile();
    if (!element) return;
    takesFocus.current = false;
    element.focus({ preventScroll: true });
  });
  useEffect(() => {
    // What stood behind a deleted picture has taken its place, and takes the focus that went with it.
    if (foundAt < 0 && focusId !== null && holdsFocus.current) {
      goTo(Math.min(lastAt.current, index.length - 1));
    }
    if (wantsEnd.current && isComplete) {
      wantsEnd.current = false;
      goTo(index.length - 1);
    }
  }, [index]);

  return {
    focusAt,
    goTo,
    setFocusId,
    /** Goes to the last picture once the order has been read to its end. */
    goToEnd(): void {
      wantsEnd.current = true;
    },
    handlers: {
      onFocus(event: { target: Element }): void {
        holdsFocus.current = true;
        setFocusId(event.target.closest('[data-image-id]')?.getAttribute('data-image-id') ?? focusId);
      },
      onBlur(): void {
        holdsFocus.current = false;
      },
    },
  };
}
