// Draws a rectangle from empty space between the pictures; what it covers is chosen. At the edges it scrolls.
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { PictureIndex } from '../../../state/gallery/picture-index';
import { useSelection } from '../../../state/gallery/selection-store';
import type { Layout } from './layout';
import { picturesWithin, type Rectangle, rectangleOf } from './marquee';
import type { View } from './view';

/** CSS pixels: less than this is a click. */
const slack = 4;
/** This near to the top or the bottom it scrolls, the faster the nearer; CSS pixels, and those a millisecond. */
const edge = 48;
const fastest = 1.6;
/** A frame that took longer than this many milliseconds does not throw the user far away. */
const maxFrameMs = 200;

export type Marquee = {
  /** Where it is on screen, from the scroller's top left corner; null while none is drawn. */
  drawn: Rectangle | null;
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
};

export function useMarquee(
  scroller: RefObject<HTMLElement | null>,
  grid: RefObject<HTMLElement | null>,
  latest: RefObject<View>,
  index: PictureIndex,
): Marquee {
  const [drawn, setDrawn] = useState<Rectangle | null>(null);
  const order = useRef(index);
  order.current = index;
  const ending = useRef<AbortController>(null);
  useEffect(() => () => ending.current?.abort(), []);

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    const [box, rows] = [scroller.current, grid.current];
    if (event.button !== 0 || !box || !rows || !(event.target instanceof Element)) return;
    if (event.target.closest('[data-image-id], button, a')) return;
    // The scrollbar is the scroller's own.
    const frame = box.getBoundingClientRect();
    if (event.clientX > frame.left + box.clientWidth) return;
    event.preventDefault();
    const left = rows.getBoundingClientRect().left;
    const inContent = ({ x, y }: { x: number; y: number }) => ({
      x: x - left,
      y: y - frame.top + latest.current.y,
    });
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    const before: ReadonlySet<string> = isAdding ? useSelection.getState().ids : new Set<string>();
    const start = { x: event.clientX, y: event.clientY };
    const from = inContent(start);
    let at = start;
    let isDrawing = false;
    const listening = new AbortController();
    ending.current = listening;
    const { signal } = listening;
    signal.addEventListener('abort', () => setDrawn(null));

    function draw(): void {
      const layout: Layout = latest.current.layout;
      const covered = rectangleOf(from, inContent(at));
      useSelection.getState().cover(before, picturesWithin(layout, order.current, covered));
      const { y } = latest.current;
      setDrawn({
        left: covered.left + left - frame.left,
        right: covered.right + left - frame.left,
        top: Math.max(0, covered.top - y),
        bottom: Math.min(frame.height, covered.bottom - y),
      });
    }
    let drawnAt = 0;
    function scroll(time: number): void {
      if (signal.aborted || !box) return;
      const above = Math.min(0, at.y - frame.top - edge);
      const over = above || Math.max(0, at.y - frame.bottom + edge);
      const speed = Math.max(-1, Math.min(1, over / edge)) * fastest;
      if (speed !== 0) {
        box.scrollTop += speed * Math.min(maxFrameMs, time - drawnAt);
        draw();
      }
      drawnAt = time;
      requestAnimationFrame(scroll);
    }
    window.addEventListener(
      'pointermove',
      (moved) => {
        at = { x: moved.clientX, y: moved.clientY };
        if (!isDrawing && Math.hypot(at.x - start.x, at.y - start.y) < slack) return;
        if (!isDrawing) {
          drawnAt = performance.now();
          requestAnimationFrame(scroll);
        }
        isDrawing = true;
        draw();
      },
      { signal },
    );
    window.addEventListener(
      'pointerup',
      () => {
        // A click on nothing chooses nothing.
        if (!isDrawing && !isAdding) useSelection.getState().clear();
        listening.abort();
      },
      { signal },
    );
    window.addEventListener('pointercancel', () => listening.abort(), { signal });
  }

  return { drawn, onPointerDown };
}
