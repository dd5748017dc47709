// Zooms and pans a picture on a stage by wheel, pinch, pointer and keys.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { fitted, panned, type Sizes, sizesOf, toggled, type Zoom, zoomedTo } from './zoom';

/** The effect of one key press: a zoom factor, and CSS pixels. */
const keyFactor = 1.5;
const keyStepPx = 80;

export type ZoomControl = {
  zoom: Zoom;
  /** Null until the stage has been measured. */
  sizes: Sizes | null;
  /** @returns whether the key was handled. */
  onKey: (key: string) => boolean;
  change: (change: (zoom: Zoom, sizes: Sizes) => Zoom) => void;
};

/**
 * @param picture its size in pixels.
 * @param state the zoom and its setter, which several stages may share.
 * @param margin beside a picture that fits, and above and below it (CSS pixels).
 * @param gestures `wheel`: the stage gives the pointer, and the wheel with Alt or Shift, a meaning of its own.
 */
export function useZoom(
  stage: RefObject<HTMLElement | null>,
  picture: { width: number; height: number },
  [zoom, setZoom]: [Zoom, (zoom: Zoom) => void],
  margin = { x: 0, y: 0 },
  gestures: 'all' | 'wheel' = 'all',
): ZoomControl {
  const [room, setRoom] = useState<{ width: number; height: number } | null>(null);
  const { width, height } = picture;

  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [stage]);

  const density = window.devicePixelRatio;
  const sizes = room && room.width > 0 ? sizesOf({ width, height }, room, density, margin) : null;
  const latest = useRef({ zoom, sizes, setZoom });
  latest.current = { zoom, sizes, setZoom };

  const change = useCallback((by: (zoom: Zoom, sizes: Sizes) => Zoom) => {
    const now = latest.current;
    if (!now.sizes) return;
    const next = by(now.zoom, now.sizes);
    latest.current = { ...now, zoom: next };
    now.setZoom(next);
  }, []);

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const pointIn = ({ clientX, clientY }: MouseEvent) => {
      const box = element.getBoundingClientRect();
      return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
    };
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      if (gestures === 'wheel' && (event.altKey || event.shiftKey)) return;
      // A pinch arrives as a wheel event with Ctrl, in smaller steps.
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002));
      change((zoom, sizes) => zoomedTo(zoom, zoom.scale * factor, pointIn(event), sizes));
    };
    const onDoubleClick = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      change((zoom, sizes) => toggled(zoom, pointIn(event), sizes));
    };
    const onPointerDown = (event: PointerEvent) => {
      if (event.button !== 0 || latest.current.zoom.scale <= 1) return;
      if (event.target instanceof Element && event.target.closest('button')) return;
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
      const onMove = (moved: PointerEvent) =>
        change((zoom, sizes) => panned(zoom, moved.movementX, moved.movementY, sizes));
      element.addEventListener('pointermove', onMove);
      const stop = () => element.removeEventListener('pointermove', onMove);
      element.addEventListener('lostpointercapture', stop, { once: true });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    if (gestures === 'all') {
      element.addEventListener('dblclick', onDoubleClick);
      element.addEventListener('pointerdown', onPointerDown);
    }
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('dblclick', onDoubleClick);
      element.removeEventListener('pointerdown', onPointerDown);
    };
  }, [stage, change, gestures]);

  function onKey(key: string): boolean {
    const step = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
    const factor = { '+': keyFactor, '=': keyFactor, '-': 1 / keyFactor }[key];
    if (factor) {
      change((zoom, sizes) => zoomedTo(zoom, zoom.scale * factor, { x: 0, y: 0 }, sizes));
    } else if (key === '0') change(() => fitted);
    else if (key === '1') change((zoom, sizes) => zoomedTo(zoom, sizes.actual, { x: 0, y: 0 }, sizes));
    else if (step && latest.current.zoom.scale > 1.001) {
      change((zoom, sizes) => panned(zoom, (step[0] ?? 0) * keyStepPx, (step[1] ?? 0) * keyStepPx, sizes));
    } else return false;
    return true;
  }

  return { zoom, sizes, onKey, change };
}
