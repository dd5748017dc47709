// Keeps the timeline's view and the browser's scroll position together.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { firstThumbnails } from '../../../state/gallery/first-thumbnails';
import type { PictureIndex } from '../../../state/gallery/picture-index';
import type { Layout } from './layout';
import { positionOf } from './scroll-map';
import {
  createView,
  extentOf,
  movedTo,
  relaid,
  scrolled,
  type Target,
  topZone,
  towards,
  type View,
} from './view';

/** Faster than this, in CSS pixels a millisecond, thumbnails would come too late. */
const fastScroll = 4;
/** Without scrolling for this long, in milliseconds, the user has come to rest. */
const restAfter = 140;

export type ViewControl = {
  view: View;
  isFast: boolean;
  /** False until the first screen is full: until then only what is on it is worth loading. */
  hasRested: boolean;
  onScroll: () => void;
  /** Goes where a function of the present view says. */
  move: (change: (view: View) => View) => void;
  /** The view as it is now, for what runs later. */
  latest: RefObject<View>;
};

/**
 * @param first where to begin; null for the top.
 * @param onRest told when scrolling has ended.
 */
export function useTimelineView(
  scroller: RefObject<HTMLElement | null>,
  index: PictureIndex,
  layout: Layout,
  height: number,
  isComplete: boolean,
  first: Target | null,
  onRest: (view: View) => void,
): ViewControl {
  const [isFast, setFast] = useState(false);
  const [hasRested, setRested] = useState(false);
  const [view, setView] = useState(() => {
    const created = createView(layout, height, first);
    return first ? towards(created, index, first, isComplete) : movedTo(created, index, 0);
  });
  // While rendering, so that nothing of the new layout is ever drawn at the old place.
  if (view.layout !== layout || view.height !== height) {
    setView(relaid(view, index, layout, height, isComplete));
  }
  const latest = useRef(view);
  latest.current = view;
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastTime = useRef(0);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && Math.abs(element.scrollTop - view.scrollTop) >= 1) element.scrollTop = view.scrollTop;
  }, [scroller, view]);

  const atRest = useRef(onRest);
  atRest.current = onRest;
  useEffect(() => {
    let isHere = true;
    void firstThumbnails.whenPainted().then(() => isHere && setRested(true));
    return () => {
      isHere = false;
      clearTimeout(rest.current);
    };
  }, []);

  function onScroll(): void {
    const element = scroller.current;
    const before = latest.current;
    if (!element || Math.abs(element.scrollTop - before.scrollTop) < 1) return;
    const next = scrolled(before, index, element.scrollTop);
    const now = performance.now();
    const speed = Math.abs(next.y - before.y) / Math.max(8, now - lastTime.current);
    lastTime.current = now;
    // Drawn in the frame that shows the new scroll position, not in one after it.
    flushSync(() => {
      setView(next);
      if (speed > fastScroll && Math.abs(next.y - before.y) > height / 4) setFast(true);
    });
    restSoon();
  }

  function restSoon(): void {
    clearTimeout(rest.current);
    rest.current = setTimeout(() => {
      setFast(false);
      setRested(true);
      // The scrollbar back to where it belongs, so that there is room for steps either way.
      setView((now) => ({ ...now, ...positionOf(now.y, extentOf(now)) }));
      atRest.current(latest.current);
    }, restAfter);
  }

  function move(change: (view: View) => View): void {
    setView((now) => change(now));
    restSoon();
  }

  return { view, isFast, hasRested, onScroll, move, latest };
}

/** @returns what to remember of a view: null at the top. */
export function placeOf({ anchor, y }: View): { id: string; offset: number } | null {
  return anchor && y > topZone ? { id: anchor.id, offset: anchor.offset } : null;
}
