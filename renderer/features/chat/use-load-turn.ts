// Tells when a picture in the transcript may be loaded: at once near the screen, elsewhere when nothing else needs it.
import { type RefObject, useEffectEvent, useLayoutEffect, useState } from 'react';
import { createLoadQueue } from './load-queue';

const queue = createLoadQueue((milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
});

/**
 * Only a picture that arrives while its message is rendered waits for its turn: several that arrive at once would otherwise
 * be decoded out of sight while those in sight, and the small versions of all of them, wait for the processor.
 *
 * @param onTurn called when a picture that had to wait may be loaded.
 */
export function useLoadTurn(
  element: RefObject<Element | null>,
  isFresh: boolean,
  onTurn: () => void,
): boolean {
  const [hasTurn, setHasTurn] = useState(!isFresh);
  const takeTurn = useEffectEvent((hasWaited: boolean) => {
    if (hasWaited) onTurn();
    setHasTurn(true);
  });
  useLayoutEffect(() => {
    const target = element.current;
    if (hasTurn || !target) return;
    // Before the first paint, so that a picture in sight does not wait for an observer.
    if (isNear(target)) return takeTurn(false);
    const removeFromQueue = queue.add(() => takeTurn(true));
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && takeTurn(true),
      { root: target.closest('[role="log"]'), rootMargin: '100% 0px' },
    );
    observer.observe(target);
    return () => {
      removeFromQueue();
      observer.disconnect();
    };
  }, [element, hasTurn]);
  return hasTurn;
}

/** Returns whether it is in the window, or less than the window's height away. A hidden view is not. */
function isNear(element: Element): boolean {
  const { top, bottom, width } = element.getBoundingClientRect();
  return width > 0 && bottom > -window.innerHeight && top < 2 * window.innerHeight;
}
