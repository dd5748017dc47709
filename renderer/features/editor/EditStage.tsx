// The picture with its mask, the area by which it grows, and the brush.

import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import type { Frame } from '../../../shared/domain/edits';
import { framedSize } from '../../../shared/domain/edits';
import { type GalleryImage, imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import type { ZoomControl } from '../../picture/lightbox/use-zoom';
import { thumbhashBackground } from '../../ui/thumbhash';
import { EdgeHandles } from './EdgeHandles';
import styles from './EditStage.module.css';
import { draggedFrame, isFramed } from './frame';
import type { Point } from './mask/mask';
import { attachOverlay, type OverlayCanvas } from './mask/overlay-canvas';
import type { Painter } from './mask/painter';
import type { Tool } from './tools';
import { cornersOf, useDrawing } from './use-drawing';
import { useKeyRectangle } from './use-key-rectangle';
import { frameRect, pictureRect, viewOf } from './view';

export type StageControl = {
  /** Cancels the current stroke or shape. @returns whether there was one. */
  cancel: () => boolean;
  focus: () => void;
};

type Props = {
  image: GalleryImage;
  painter: Painter;
  stage: RefObject<HTMLDivElement | null>;
  zoom: ZoomControl;
  tool: Tool;
  /** Size of the brush as a fraction of the picture's shorter side. */
  brush: number;
  onBrush: (steps: number) => void;
  frame: Frame;
  /** The frame that is fitted into the stage. It does not change during a drag, so that the picture does not move. */
  fittedFrame: Frame;
  onFrame: (frame: Frame, isDone: boolean) => void;
  control: RefObject<StageControl | null>;
};

export function EditStage(props: Props) {
  const { image, painter, stage, zoom, tool, brush, onBrush, frame, fittedFrame, onFrame, control } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const outline = useRef<SVGPathElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const isPanning = useRef(false);
  const [isSpaceHeld, setSpaceHeld] = useState(false);
  const helpId = useId();
  const size = { width: image.width, height: image.height };
  const view = zoom.sizes && viewOf(zoom.sizes, zoom.zoom, size, fittedFrame);
  const radius = brush * Math.min(size.width, size.height);
  const rectangle = useKeyRectangle(painter, size);
  const moveCursor = useCursor(ring);
  const cancel = useDrawing(stage, {
    ...{ painter, tool, radius, view, isPanning, changeZoom: zoom.change },
    preview: (points) => outline.current?.setAttribute('d', pathOf(points)),
    moveCursor,
  });
  useOverlay(canvas, painter, view?.scale ?? null);
  useBrushWheel(stage, onBrush);
  useImperativeHandle(control, () => ({
    cancel() {
      const wasDrawing = cancel();
      const wasShown = rectangle.corners.length > 0;
      rectangle.hide();
      return wasDrawing || wasShown;
    },
    focus: () => canvas.current?.focus({ preventScroll: true }),
  }));

  function hold(isHeld: boolean): void {
    isPanning.current = isHeld;
    setSpaceHeld(isHeld);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== canvas.current) return;
    if (event.key === ' ') hold(true);
    else if (rectangle.onKey(event)) ring.current?.toggleAttribute('hidden', true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const isBrush = (tool === 'brush' || tool === 'eraser') && !isSpaceHeld;
  const picture = view && pictureRect(view, size);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the canvas inside has the focus and handles the keys.
    <div
      ref={stage}
      className={styles['stage']}
      data-cursor={isBrush ? 'brush' : isSpaceHeld || tool === 'extend' ? 'pan' : 'cross'}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.key === ' ' && hold(false)}
      onBlur={() => hold(false)}
    >
      {view && (isFramed(frame) || tool === 'extend') && (
        <div className={styles['frame']} style={frameRect(view, size, frame)} />
      )}
      <div
        className={styles['picture']}
        style={{ ...picture, backgroundImage: thumbhashBackground(image.thumbhash) }}
      >
        <img
          className={styles['image']}
          src={imageUrl(image.id, 'full')}
          alt={image.prompt}
          draggable={false}
          data-pixelated={(view && view.scale * window.devicePixelRatio > 3) || undefined}
        />
        {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: screen readers have to pass the arrow keys through. */}
        <canvas
          ref={canvas}
          className={styles['mask']}
          width={size.width}
          height={size.height}
          role="application"
          tabIndex={0}
          aria-label={t('editor.mask')}
          aria-roledescription={t('editor.mask_role')}
          aria-describedby={helpId}
          onBlur={rectangle.hide}
        />
        <svg className={styles['shapes']} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden>
          <path ref={outline} className={styles['outline']} />
          <path className={styles['outline']} d={pathOf(cornersOf(rectangle.corners))} />
        </svg>
      </div>
      <p id={helpId} className="visually-hidden">
        {t('editor.mask_help')}
      </p>
      <p className="visually-hidden" role="status">
        {rectangle.text}
      </p>
      {isBrush && view && (
        <div
          ref={ring}
          className={styles['ring']}
          hidden
          style={{ width: 2 * radius * view.scale, height: 2 * radius * view.scale }}
          aria-hidden
        />
      )}
      {view && tool === 'extend' && <FrameHandles size={size} view={view} frame={frame} onFrame={onFrame} />}
    </div>
  );
}

type FrameHandlesProps = {
  size: { width: number; height: number };
  view: NonNullable<ReturnType<typeof viewOf>>;
} & Pick<Props, 'frame' | 'onFrame'>;

function FrameHandles({ size, view, frame, onFrame }: FrameHandlesProps) {
  /** A ref, because a key press starts, moves and ends a drag within one event. */
  const drag = useRef({ start: frame, now: frame, scale: view.scale });
  const { width, height } = framedSize(size, frame);
  return (
    <EdgeHandles
      action="extend"
      description={t('editor.size_in_pixels', { width, height })}
      rect={frameRect(view, size, frame)}
      onStart={() => {
        drag.current = { start: frame, now: frame, scale: view.scale };
      }}
      onDrag={(handle, by) => {
        const { start, scale } = drag.current;
        // A key moves by at least one pixel, even if the picture is enlarged.
        const pixels = (length: number) =>
          Math.sign(length) * Math.max(Math.abs(length) / scale, length && 1);
        drag.current.now = draggedFrame(start, handle, { x: pixels(by.x), y: pixels(by.y) }, size);
        onFrame(drag.current.now, false);
      }}
      onEnd={() => onFrame(drag.current.now, true)}
    />
  );
}

/** Moves the ring once per frame, because a pointer reports several times a frame and each move causes a layout. */
function useCursor(ring: RefObject<HTMLElement | null>): (point: Point | null) => void {
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return (point) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      if (!ring.current) return;
      ring.current.hidden = point === null;
      if (point) ring.current.style.translate = `calc(${point.x}px - 50%) calc(${point.y}px - 50%)`;
    });
  };
}

function useOverlay(
  canvas: RefObject<HTMLCanvasElement | null>,
  painter: Painter,
  scale: number | null,
): void {
  const overlay = useRef<OverlayCanvas | null>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const attached = attachOverlay(canvas.current, painter);
    overlay.current = attached;
    return () => attached.detach();
  }, [canvas, painter]);
  useEffect(() => {
    // The lines are about one and a half CSS pixels thick.
    if (scale !== null) overlay.current?.setThickness(Math.max(1, Math.round(1.5 / scale)));
  }, [scale]);
}

function useBrushWheel(stage: RefObject<HTMLElement | null>, onBrush: (steps: number) => void): void {
  const latest = useRef(onBrush);
  latest.current = onBrush;
  useEffect(() => {
    const element = stage.current;
    const onWheel = (event: WheelEvent) => {
      if (!event.altKey && !event.shiftKey) return;
      event.preventDefault();
      // With Shift, some systems scroll sideways.
      const by = event.deltaY || event.deltaX;
      latest.current(by === 0 ? 0 : -by / 100);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [stage]);
}

function pathOf(points: readonly Point[]): string {
  return points.length < 2
    ? ''
    : `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
}
