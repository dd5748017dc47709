// The timeline's focus: the picture that Tab reaches and keys move, even if its tile is not rendered.
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { idAt, type PictureIndex, positionOf } from '../../../state/gallery/picture-index';
import { revealing, type View } from './view';

export function useFocus(
  grid: RefObject<HTMLElement | null>,
  index: PictureIndex,
  view: View,
  isComplete: boolean,
  move: (change: (view: View) => View) => void,
) {
  const [focusId, setFocusId] = useState<string | null>(null);
  /** The picture to focus as soon as its tile is rendered. */
  const wanted = useRef<string | null>(null);
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
    wanted.current = id;
    move((now) => revealing(now, index, at));
  }

  const tileOf = (id: string) => grid.current?.querySelector<HTMLElement>(`[data-image-id="${id}"]`);
  // A tile that moves to another row is another element, so the focus follows the picture.
  useLayoutEffect(() => {
    if (!holdsFocus.current || document.activeElement !== document.body) return;
    if (focusId !== null) tileOf(focusId)?.focus({ preventScroll: true });
  });
  useEffect(() => {
    // Not `focusId`: the effect may belong to a render before the key press.
    const element = wanted.current === null ? null : tileOf(wanted.current);
    if (!element) return;
    wanted.current = null;
    element.focus({ preventScroll: true });
  });
  const onOrderChanged = useEffectEvent((pictures: number) => {
    // The picture after a deleted one takes its place and its focus.
    if (foundAt < 0 && focusId !== null && holdsFocus.current) goTo(Math.min(lastAt.current, pictures - 1));
    if (wantsEnd.current && isComplete) {
      wantsEnd.current = false;
      goTo(pictures - 1);
    }
  });
  useEffect(() => onOrderChanged(index.length), [index]);

  return {
    focusAt,
    goTo,
    setFocusId,
    /** Goes to the last picture once the order is completely loaded. */
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
