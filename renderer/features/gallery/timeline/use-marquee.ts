// Selects pictures with a rectangle drawn from empty space. Scrolls at the edges.
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { PictureIndex } from '../../../state/gallery/picture-index';
import { useSelection } from '../../../state/gallery/selection-store';
import { isRightToLeft } from '../../../ui/direction';
import type { Layout } from './layout';
import { picturesWithin, type Rectangle, rectangleOf } from './marquee';
import type { View } from './view';

/** Minimum distance that counts as drawing, not as a click (CSS pixels). */
const minDistancePx = 4;
/** Distance to the top or bottom within which it scrolls, faster when nearer (CSS pixels). */
const edgePx = 48;
/** CSS pixels per millisecond. */
const maxSpeed = 1.6;
/** Maximum frame duration that counts for scrolling, so that a slow frame does not scroll too far (ms). */
const maxFrameMs = 200;

export type Marquee = {
  /** The rectangle relative to the start of the scroller's rows; null while none is drawn. */
  drawn: Rectangle | null;
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
};

/** Returns the handlers and the drawn rectangle. @param latest the current view, without waiting for a render. */
export function useMarquee(
  scroller: RefObject<HTMLElement | null>,
  grid: RefObject<HTMLElement | null>,
  latest: RefObject<View>,
  index: PictureIndex,
): Marquee {
  const [drawn, setDrawn] = useState<Rectangle | null>(null);
  const order = useRef(index);
  order.current = index;
  const listeners = useRef<AbortController>(null);
  useEffect(() => () => listeners.current?.abort(), []);

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    const [box, rows] = [scroller.current, grid.current];
    if (event.button !== 0 || !box || !rows || !(event.target instanceof Element)) return;
    if (event.target.closest('[data-image-id], button, a')) return;
    // Ignores a press on the scrollbar.
    const frame = box.getBoundingClientRect();
    const fromEdge = event.clientX - frame.left - box.clientLeft;
    if (fromEdge < 0 || fromEdge > box.clientWidth) return;
    event.preventDefault();
    const { left, right } = rows.getBoundingClientRect();
    const isMirrored = isRightToLeft();
    const indent = isMirrored ? frame.right - right : left - frame.left;
    const inContent = ({ x, y }: { x: number; y: number }) => ({
      x: isMirrored ? right - x : x - left,
      y: y - frame.top + latest.current.y,
    });
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    const before: ReadonlySet<string> = isAdding ? useSelection.getState().ids : new Set<string>();
    const start = { x: event.clientX, y: event.clientY };
    const from = inContent(start);
    let at = start;
    let isDrawing = false;
    const controller = new AbortController();
    listeners.current = controller;
    const { signal } = controller;
    signal.addEventListener('abort', () => setDrawn(null));

    function draw(): void {
      const layout: Layout = latest.current.layout;
      const covered = rectangleOf(from, inContent(at));
      useSelection.getState().cover(before, picturesWithin(layout, order.current, covered));
      const { y } = latest.current;
      setDrawn({
        left: covered.left + indent,
        right: covered.right + indent,
        top: Math.max(0, covered.top - y),
        bottom: Math.min(frame.height, covered.bottom - y),
      });
    }
    let drawnAt = 0;
    function scroll(time: number): void {
      if (signal.aborted || !box) return;
      const above = Math.min(0, at.y - frame.top - edgePx);
      const over = above || Math.max(0, at.y - frame.bottom + edgePx);
      const speed = Math.max(-1, Math.min(1, over / edgePx)) * maxSpeed;
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
        if (!isDrawing && Math.hypot(at.x - start.x, at.y - start.y) < minDistancePx) return;
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
        // A click on empty space clears the selection.
        if (!isDrawing && !isAdding) useSelection.getState().clear();
        controller.abort();
      },
      { signal },
    );
    window.addEventListener('pointercancel', () => controller.abort(), { signal });
  }

  return { drawn, onPointerDown };
}
