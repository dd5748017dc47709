// Keeps a scroller at its end while new things arrive, unless the person has scrolled away from it.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

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

  function scrollToEnd(): void {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }

  useLayoutEffect(() => {
    if (shownPlace.current !== place) {
      shownPlace.current = place;
      sticks.current = true;
    }
    if (sticks.current && hasEnd) scrollToEnd();
  });

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let last = element.scrollTop;
    const onScroll = () => {
      const rest = element.scrollHeight - element.clientHeight - element.scrollTop;
      // Only a move up leaves the end, and the least one does: what came meanwhile only pushes it away.
      if (!endIsHere.current) sticks.current = false;
      else if (element.scrollTop < last) sticks.current = rest <= 1;
      else if (rest <= tolerance) sticks.current = true;
      last = element.scrollTop;
      setAtEnd(endIsHere.current && (sticks.current || rest <= tolerance));
    };
    // A taller or lower window leaves the end in sight, and so does an answer that grows.
    const observer = new ResizeObserver(() => {
      if (sticks.current && endIsHere.current) scrollToEnd();
    });
    observer.observe(element);
    if (content.current) observer.observe(content.current);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);

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
