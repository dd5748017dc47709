// Keeps a scroller at its end while content arrives, unless the user has scrolled up.
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';

/** Maximum distance to the end that counts as being there (CSS pixels). */
const tolerancePx = 48;

/** The events that may scroll. A press on the scrollbar is one on the scroller. */
const inputTypes = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/**
 * @param content the scrolled element, which may grow while an answer is streamed.
 * @param place identifies what the scroller shows. A new place starts at its end.
 * @param hasEnd whether the end of the content is loaded.
 */
export function useStickToEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  place: string | null,
  hasEnd: boolean,
): { isAtEnd: boolean; goToEnd: () => void; leaveEnd: () => void } {
  const [isAtEnd, setAtEnd] = useState(true);
  const sticks = useRef(true);
  const shownPlace = useRef(place);
  const isEndLoaded = useRef(hasEnd);
  isEndLoaded.current = hasEnd;

  /** The last seen scroll position and height, in CSS pixels. */
  const lastTop = useRef(0);
  const lastHeight = useRef(0);
  /** Whether the user has touched a key, the wheel or the scrollbar since the end was last reached. */
  const hasInput = useRef(false);

  function scrollToEnd(): void {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    lastTop.current = element.scrollTop;
    lastHeight.current = element.scrollHeight;
    hasInput.current = false;
  }

  /** Detects whether the user has left the end or returned to it. */
  const onScroll = useEffectEvent(() => {
    const element = scroller.current;
    if (!element) return;
    const distance = element.scrollHeight - element.clientHeight - element.scrollTop;
    // The browser also moves the position up if messages that load above are lower than their placeholder.
    const isMovedByUser =
      element.scrollTop < lastTop.current && (element.scrollHeight >= lastHeight.current || hasInput.current);
    // Any move up by the user leaves the end. New content only increases the distance.
    if (!isEndLoaded.current) sticks.current = false;
    else if (isMovedByUser) sticks.current = distance <= 1;
    else if (distance <= tolerancePx) sticks.current = true;
    lastTop.current = element.scrollTop;
    lastHeight.current = element.scrollHeight;
    setAtEnd(isEndLoaded.current && (sticks.current || distance <= tolerancePx));
  });

  /** Checks the position first, because the scroll event of a move up may still be pending. */
  const follow = useEffectEvent(() => {
    if (!sticks.current || !isEndLoaded.current) return;
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
    // The end stays visible when the window is resized or an answer grows.
    const observer = new ResizeObserver(() => follow());
    observer.observe(element);
    // Includes the padding, which changes with the composer.
    if (content.current) observer.observe(content.current, { box: 'border-box' });
    const listener = () => onScroll();
    element.addEventListener('scroll', listener, { passive: true });
    const noteInput = () => {
      hasInput.current = true;
    };
    for (const type of inputTypes) element.addEventListener(type, noteInput, { passive: true });
    return () => {
      observer.disconnect();
      for (const type of inputTypes) element.removeEventListener(type, noteInput);
      element.removeEventListener('scroll', listener);
    };
  }, [scroller, content]);

  return {
    isAtEnd,
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
