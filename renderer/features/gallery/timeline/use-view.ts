// Keeps the timeline's view and the browser's scroll position in sync.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { firstThumbnails } from '../../../state/gallery/first-thumbnails';
import { isJump, positionOf } from './scroll-map';
import {
  createView,
  extentOf,
  type LoadedOrder,
  movedTo,
  relaid,
  type Sheet,
  scrolled,
  type Target,
  topZone,
  towards,
  type View,
} from './view';

/** Scroll speed above which thumbnails would arrive too late (CSS pixels per millisecond). */
const fastSpeed = 4;
/** Time without scrolling that counts as rest (ms). */
const restMs = 140;

export type ViewControl = {
  view: View;
  isFast: boolean;
  /** False until the first screen is painted. Until then, only visible thumbnails load. */
  hasRested: boolean;
  onScroll: () => void;
  /** Changes the view by a function of the current one. */
  move: (change: (view: View) => View) => void;
  /** The current view, for callbacks. */
  latest: RefObject<View>;
};

/** The initial position, and the callback for later ones. */
export type Resting = {
  /** The initial target; null for the top. */
  first: Target | null;
  /** Called when scrolling has ended. */
  onRest: (view: View) => void;
};

/** Returns the current view, which follows the scroll position, new layouts and targets. */
export function useTimelineView(
  scroller: RefObject<HTMLElement | null>,
  order: LoadedOrder,
  sheet: Sheet,
  { first, onRest }: Resting,
): ViewControl {
  const { index } = order;
  const { layout, height } = sheet;
  const [isFast, setFast] = useState(false);
  const [hasRested, setRested] = useState(false);
  const [view, setView] = useState(() => {
    const created = createView(sheet, first);
    return first ? towards(created, order, first) : movedTo(created, index, 0);
  });
  // Updates the view during the render, so that the new layout is never painted at the old position.
  if (view.layout !== layout || view.height !== height) {
    setView(relaid(view, order, sheet));
  }
  const latest = useRef(view);
  latest.current = view;
  const restTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastTime = useRef(0);

  /** The browser's scroll position when it was last read or set. */
  const known = useRef(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    // The browser has scrolled, but has not sent its event yet. A shorter content does not count as scrolling.
    const step = scrollTop - Math.min(known.current, scrollHeight - clientHeight);
    const isScrolled = Math.abs(step) >= 1;
    if (isScrolled && isJump(step, height)) return;
    const wanted = view.scrollTop + (isScrolled ? step : 0);
    if (Math.abs(scrollTop - wanted) >= 1) element.scrollTop = wanted;
    known.current = element.scrollTop - (isScrolled ? step : 0);
  }, [scroller, view, height]);

  const onRestRef = useRef(onRest);
  onRestRef.current = onRest;
  useEffect(() => {
    let isMounted = true;
    void firstThumbnails.whenPainted().then(() => isMounted && setRested(true));
    return () => {
      isMounted = false;
      clearTimeout(restTimer.current);
    };
  }, []);

  function onScroll(): void {
    const element = scroller.current;
    const before = latest.current;
    if (element) known.current = element.scrollTop;
    if (!element || Math.abs(element.scrollTop - before.scrollTop) < 1) return;
    const next = scrolled(before, index, element.scrollTop);
    const now = performance.now();
    const speed = Math.abs(next.y - before.y) / Math.max(8, now - lastTime.current);
    lastTime.current = now;
    // Renders in the same frame as the new scroll position.
    flushSync(() => {
      setView(next);
      if (speed > fastSpeed && Math.abs(next.y - before.y) > height / 4) setFast(true);
    });
    scheduleRest();
  }

  function scheduleRest(): void {
    clearTimeout(restTimer.current);
    restTimer.current = setTimeout(() => {
      setFast(false);
      setRested(true);
      // Resets the scroll position to its matching value, so that there is room for steps in both directions.
      setView((now) => ({ ...now, ...positionOf(now.y, extentOf(now)) }));
      onRestRef.current(latest.current);
    }, restMs);
  }

  function move(change: (view: View) => View): void {
    setView((now) => change(now));
    scheduleRest();
  }

  return { view, isFast, hasRested, onScroll, move, latest };
}

/** Returns the place of a view to remember, or null at the top. */
export function placeOf({ anchor, y }: View): { id: string; offset: number } | null {
  return anchor && y > topZone ? { id: anchor.id, offset: anchor.offset } : null;
}
