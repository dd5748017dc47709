// Keeps a scroller at its end while new things arrive, unless the user has scrolled away from it.
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';

/** Within this many pixels of the end counts as being there. */
const tolerance = 48;

/**
 * @param content what the scroller scrolls: it may grow by itself, as words come.
 * @param place what the scroller shows: another one starts at its end.
 * @param hasEnd whether the end is there to be stuck to, and not only room for it.
 */
export function useStickToEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  place: string | null,
  hasEnd: boolean,
): { atEnd: boolean; goToEnd: () => void; leaveEnd: () => void } {
  const [atEnd, setAtEnd] = useState(true);
  const sticks = useRef(true);
  const shownPlace = useRef(place);
  const endIsHere = useRef(hasEnd);
  endIsHere.current = hasEnd;

  /** Where the scroller was when it was last looked at, in CSS pixels: what has moved it up since was the user. */
  const last = useRef(0);

  function scrollToEnd(): void {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    last.current = element.scrollTop;
  }

  /** Detects whether the user has left the end or returned to it. */
  const onScroll = useEffectEvent(() => {
    const element = scroller.current;
    if (!element) return;
    const rest = element.scrollHeight - element.clientHeight - element.scrollTop;
    // Only a move up leaves the end, and the least one does: what came meanwhile only pushes it away.
    if (!endIsHere.current) sticks.current = false;
    else if (element.scrollTop < last.current) sticks.current = rest <= 1;
    else if (rest <= tolerance) sticks.current = true;
    last.current = element.scrollTop;
    setAtEnd(endIsHere.current && (sticks.current || rest <= tolerance));
  });

  /** A move up whose scroll event is still to come counts too: the end does not pull the user back. */
  const follow = useEffectEvent(() => {
    if (!sticks.current || !endIsHere.current) return;
    onScroll();
    if (sticks.current) scrollToEnd();
  });

  useLayoutEffect(() => {
    if (shownPlace.current === place) return follow();
    shownPlace.current = place;
    sticks.current = true;
    if (hasEnd) scrollToEnd();
  });

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // A taller or lower window leaves the end in sight, and so does an answer that grows.
    const observer = new ResizeObserver(() => follow());
    observer.observe(element);
    if (content.current) observer.observe(content.current);
    const listener = () => onScroll();
    element.addEventListener('scroll', listener, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', listener);
    };
  }, [scroller, content]);

  return {
    atEnd,
    goToEnd() {
      sticks.current = true;
      setAtEnd(true);
      scrollToEnd();
    },
    leaveEnd() {
      sticks.current = false;
    },
  };
}
