// Zooms and pans a picture on a stage by wheel, pinch, pointer and keys.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { panned, type Sizes, sizesOf, toggled, type Zoom, zoomAfterKey, zoomedTo } from './zoom';

export type ZoomControl = {
  zoom: Zoom;
  /** Null until the stage has been measured. The same object until they change. */
  sizes: Sizes | null;
  /** @returns whether the key was handled. */
  onKey: (key: string) => boolean;
  change: (change: (zoom: Zoom, sizes: Sizes) => Zoom) => void;
};

/**
 * @param picture its size in pixels.
 * @param state the zoom and its setter, which several stages may share.
 * @param margin beside a picture that fits, and above and below it (CSS pixels).
 * @param gestures `wheel`: only the wheel zooms, because the stage handles the pointer, and the wheel with Alt or Shift.
 */
export function useZoom(
  stage: RefObject<HTMLElement | null>,
  picture: { width: number; height: number },
  [zoom, setZoom]: [Zoom, (zoom: Zoom) => void],
  margin = { x: 0, y: 0 },
  gestures: 'all' | 'wheel' = 'all',
): ZoomControl {
  const [room, setRoom] = useState<{ width: number; height: number; density: number } | null>(null);
  const { width, height } = picture;
  const { x: marginX, y: marginY } = margin;

  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth, clientHeight } = element;
      setRoom({ width: clientWidth, height: clientHeight, density: window.devicePixelRatio });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [stage]);

  const sizes = useMemo(
    () =>
      room && room.width > 0
        ? sizesOf({ width, height }, room, room.density, { x: marginX, y: marginY })
        : null,
    [width, height, room, marginX, marginY],
  );
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
    const { zoom: now, sizes: all } = latest.current;
    const next = all && zoomAfterKey(key, now, all);
    if (next) change(() => next);
    return next !== null;
  }

  return { zoom, sizes, onKey, change };
}
