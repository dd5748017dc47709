// Decides when a picture in the transcript may be loaded: at once near the visible part, elsewhere when its turn comes.
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import { createLoadQueue } from './load-queue';

const queue = createLoadQueue((milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
});

/** Whether each box that waits for a picture is near the visible part. */
const nearness = new WeakMap<Element, boolean>();

/**
 * Watches a box while it waits, so that nothing has to be measured when its picture arrives. A measurement during an update
 * would force a layout before the picture can be requested.
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
 * Only a picture that arrives while its message is on the page waits for its turn. Otherwise, several that arrive at once
 * would be decoded out of sight while visible pictures and all small versions wait for the processor.
 *
 * @param box the picture's element, watched by `useNearness` until the picture arrives.
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
    // Measures before the first paint, because the picture may have arrived before the box was watched.
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

/** Returns whether the box is added to the page together with its picture, so that it was never watched. */
function isNew(box: RefObject<Element | null>): boolean {
  return box.current === null;
}

/** Reports initially, and after each change, whether an element is less than the transcript's height away from it. */
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

/** Returns whether an element is in the window, or less than the window's height away. False in a hidden view. */
function isNear(element: Element): boolean {
  const { top, bottom, width } = element.getBoundingClientRect();
  return width > 0 && bottom > -window.innerHeight && top < 2 * window.innerHeight;
}
