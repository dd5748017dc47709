// Tells when a picture in the transcript may be loaded: at once near the screen, elsewhere when nothing else needs it.
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import { createLoadQueue } from './load-queue';

const queue = createLoadQueue((milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
});

/** Of the boxes that wait for a picture, whether they are near the screen. */
const nearness = new WeakMap<Element, boolean>();

/**
 * Watches a box while it waits, so that nothing has to be measured when its picture arrives: in the middle of a change,
 * the browser would have to lay out the page for it before it could ask for the picture.
 */
export function useNearness(box: RefObject<Element | null>, isWaiting: boolean): void {
  useEffect(() => {
    const target = box.current;
    if (!isWaiting || !target) return;
    const stop = watch(target, (isNearNow) => nearness.set(target, isNearNow));
    return () => {
      stop();
      nearness.delete(target);
    };
  }, [box, isWaiting]);
}

/**
 * Only a picture that arrives while its message is on the page waits for its turn: several that arrive at once would
 * otherwise be decoded out of sight while those in sight, and the small versions of all of them, wait for the processor.
 *
 * @param box that the picture is in, watched by `useNearness` before it came.
 * @param onTurn called when a picture that had to wait may be loaded.
 */
export function useLoadTurn(box: RefObject<Element | null>, isFresh: boolean, onTurn: () => void): boolean {
  const [hasTurn, setHasTurn] = useState(() => !isFresh || isKnownNear(box.current) || isNew(box));
  const takeTurn = useEffectEvent((hasWaited: boolean) => {
    if (hasWaited) onTurn();
    setHasTurn(true);
  });
  useLayoutEffect(() => {
    const target = box.current;
    if (hasTurn || !target) return;
    // Before the first paint: the picture may have arrived before the box was watched.
    if (!nearness.has(target) && isNear(target)) return takeTurn(false);
    const removeFromQueue = queue.add(() => takeTurn(true));
    const stop = watch(target, (isNearNow) => isNearNow && takeTurn(true));
    return () => {
      removeFromQueue();
      stop();
    };
  }, [box, hasTurn]);
  return hasTurn;
}

function isKnownNear(box: Element | null): boolean {
  return box !== null && nearness.get(box) === true;
}

/** Returns whether the box comes to the page together with its picture: then there is nothing yet to be watched. */
function isNew(box: RefObject<Element | null>): boolean {
  return box.current === null;
}

/** Tells, soon and after each change, whether an element is less than the transcript's height away from it. */
function watch(target: Element, onChange: (isNear: boolean) => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      const last = entries.at(-1);
      if (last) onChange(last.isIntersecting);
    },
    { root: target.closest('[role="log"]'), rootMargin: '100% 0px' },
  );
  observer.observe(target);
  return () => observer.disconnect();
}

/** Returns whether it is in the window, or less than the window's height away. A hidden view is not. */
function isNear(element: Element): boolean {
  const { top, bottom, width } = element.getBoundingClientRect();
  return width > 0 && bottom > -window.innerHeight && top < 2 * window.innerHeight;
}
