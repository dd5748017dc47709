// Draws in the mask with mouse, pen and fingers. Two fingers, the middle button or Space move and zoom the picture.
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import type { ZoomControl } from '../../picture/lightbox/use-zoom';
import { panned, zoomedTo } from '../../picture/lightbox/zoom';
import type { Paint } from './mask/fill-shape';
import type { Point } from './mask/mask';
import type { Painter } from './mask/painter';
import { pressureOf, type Tool } from './tools';
import { pixelAt, type View } from './view';

/** The button code of a pen's eraser: https://www.w3.org/TR/pointerevents3/#the-buttons-property */
const penEraser = 32;
type Gesture =
  | { kind: 'stroke'; pointer: number; paint: Paint }
  | { kind: 'shape'; pointer: number; paint: Paint; points: Point[] }
  | { kind: 'pan'; pointer: number; at: Point }
  | { kind: 'pinch' };

type Options = {
  painter: Painter;
  tool: Tool;
  /** Radius of the brush in pixels of the picture. */
  radius: number;
  view: View | null;
  changeZoom: ZoomControl['change'];
  /** Shows the outline of a shape, in pixels of the picture. An empty list removes it. */
  preview: (points: readonly Point[]) => void;
  /** Shows the brush at a point of the stage; null hides it. */
  moveCursor: (point: Point | null) => void;
  isPanning: RefObject<boolean>;
};

/** @returns a function that cancels the current stroke or shape, and returns whether there was one. */
export function useDrawing(stage: RefObject<HTMLElement | null>, options: Options): () => boolean {
  const gesture = useRef<Gesture | null>(null);
  const touches = useRef(new Map<number, Point>());
  const { painter, preview } = options;

  function cancel(): boolean {
    const now = gesture.current;
    gesture.current = null;
    if (now?.kind === 'stroke') painter.cancelStroke();
    preview([]);
    return now?.kind === 'stroke' || now?.kind === 'shape';
  }

  const onDown = useEffectEvent((event: PointerEvent) => {
    const { view, tool, isPanning, radius } = options;
    const element = stage.current;
    if (!element || !view || isControl(event.target)) return;
    const at = pointIn(element.getBoundingClientRect(), event);
    element.setPointerCapture(event.pointerId);
    if (event.pointerType === 'touch') {
      touches.current.set(event.pointerId, at);
      if (touches.current.size === 2) {
        cancel();
        gesture.current = { kind: 'pinch' };
      }
      if (touches.current.size > 1) return;
    }
    const { pointerId: pointer } = event;
    if (event.button === 1 || isPanning.current || tool === 'extend') {
      event.preventDefault();
      gesture.current = { kind: 'pan', pointer, at };
      return;
    }
    const isEraser = event.button === 5 || (event.buttons & penEraser) !== 0;
    if ((event.button !== 0 && !isEraser) || gesture.current) return;
    const paint = (tool === 'eraser') !== (event.altKey || isEraser) ? 'unmark' : 'mark';
    const pixel = pixelAt(view, at);
    if (tool === 'rectangle' || tool === 'lasso') {
      gesture.current = { kind: 'shape', pointer, paint, points: [pixel] };
      return;
    }
    gesture.current = { kind: 'stroke', pointer, paint };
    painter.beginStroke({ ...pixel, radius: radius * pressureOf(event) }, paint, event.shiftKey);
  });

  const onMove = useEffectEvent((event: PointerEvent) => {
    const { view, tool, radius, changeZoom, moveCursor } = options;
    const element = stage.current;
    if (!element || !view) return;
    // Measured once, because moving the cursor would force a layout for each report of the pointer.
    const box = element.getBoundingClientRect();
    const at = pointIn(box, event);
    moveCursor(isControl(event.target) ? null : at);
    const now = gesture.current;
    if (now?.kind === 'pinch') return pinch(event.pointerId, at, element);
    if (!now || now.pointer !== event.pointerId) return;
    if (now.kind === 'pan') {
      const by = { x: at.x - now.at.x, y: at.y - now.at.y };
      changeZoom((zoom, sizes) => panned(zoom, by.x, by.y, sizes));
      gesture.current = { ...now, at };
    } else if (now.kind === 'stroke') {
      for (const each of reportsOf(event)) {
        const pixel = pixelAt(view, pointIn(box, each));
        painter.continueStroke({ ...pixel, radius: radius * pressureOf(each) }, now.paint);
      }
    } else {
      if (tool === 'lasso') {
        for (const each of reportsOf(event)) now.points.push(pixelAt(view, pointIn(box, each)));
      } else now.points[1] = pixelAt(view, at);
      preview(tool === 'lasso' ? now.points : cornersOf(now.points));
    }
  });

  function pinch(pointer: number, at: Point, element: HTMLElement): void {
    const before = touches.current.get(pointer);
    const other = [...touches.current].find(([id]) => id !== pointer)?.[1];
    if (!before || !other) return;
    touches.current.set(pointer, at);
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    const by =
      Math.hypot(at.x - other.x, at.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y);
    const centre = { x: middle.x - element.clientWidth / 2, y: middle.y - element.clientHeight / 2 };
    const shift = { x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 };
    options.changeZoom((zoom, sizes) => {
      const zoomed = Number.isFinite(by) ? zoomedTo(zoom, zoom.scale * by, centre, sizes) : zoom;
      return panned(zoomed, shift.x, shift.y, sizes);
    });
  }

  const onUp = useEffectEvent((event: PointerEvent) => {
    touches.current.delete(event.pointerId);
    const now = gesture.current;
    if (now?.kind === 'pinch') {
      if (touches.current.size === 0) gesture.current = null;
      return;
    }
    if (!now || now.pointer !== event.pointerId) return;
    if (event.type === 'pointercancel') {
      cancel();
      return;
    }
    gesture.current = null;
    if (now.kind === 'stroke') painter.endStroke();
    if (now.kind !== 'shape') return;
    preview([]);
    const [first, second] = now.points;
    if (!first || !second) return;
    if (options.tool === 'lasso') painter.outline(now.points, now.paint);
    else painter.rectangle(first, second, now.paint);
  });

  const onLeave = useEffectEvent(() => options.moveCursor(null));

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const controller = new AbortController();
    const { signal } = controller;
    const held = touches.current;
    element.addEventListener('pointerdown', onDown, { signal });
    element.addEventListener('pointermove', onMove, { signal });
    element.addEventListener('pointerup', onUp, { signal });
    element.addEventListener('pointercancel', onUp, { signal });
    element.addEventListener('pointerleave', onLeave, { signal });
    return () => {
      controller.abort();
      held.clear();
    };
  }, [stage]);

  return cancel;
}

function pointIn({ left, top }: DOMRect, { clientX, clientY }: MouseEvent): Point {
  return { x: clientX - left, y: clientY - top };
}

/** A pointer reports more often than the screen shows: https://www.w3.org/TR/pointerevents3/#coalesced-events */
function reportsOf(event: PointerEvent): PointerEvent[] {
  const all = event.getCoalescedEvents();
  // Synthetic events have no coalesced events.
  return all.length > 0 ? all : [event];
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, [role="slider"]') !== null;
}

/** Returns the four corners of a rectangle between two opposite ones; empty if one is missing. */
export function cornersOf([a, b]: readonly Point[]): Point[] {
  if (!a || !b) return [];
  return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
}
