// The rotated picture with its crop rectangle, which is moved and resized by pointer and keys.

import { type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import { straightenScale } from '../../../shared/domain/edits';
import { type GalleryImage, imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { hasModifier } from '../../ui/shortcut';
import styles from './CropStage.module.css';
import { type Crop, draggedCrop, movedCrop, type Turn, transformOf } from './crop';
import { EdgeHandles } from './EdgeHandles';
import type { Size } from './frame';
import type { Point } from './mask/mask';

/** CSS pixels. */
const [paddingPx, keyStepPx, largeKeyStepPx] = [32, 4, 40];

type Props = {
  image: GalleryImage;
  turn: Turn;
  crop: Crop;
  /** Size of the turned picture. */
  size: Size;
  /** Fixed ratio of width to height; null: any. */
  ratio: number | null;
  onCrop: (crop: Crop) => void;
};

export function CropStage({ image, turn, crop, size, ratio, onCrop }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Size | null>(null);
  const drag = useRef({ start: crop, from: { x: 0, y: 0 }, isMoving: false });

  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const scale =
    room &&
    Math.min(
      (room.width - 2 * paddingPx) / size.width,
      (room.height - 2 * paddingPx) / size.height,
      1 / window.devicePixelRatio,
    );
  if (!room || scale === null || scale <= 0) return <div ref={stage} className={styles['stage']} />;
  const whole = {
    left: (room.width - size.width * scale) / 2,
    top: (room.height - size.height * scale) / 2,
    width: size.width * scale,
    height: size.height * scale,
  };
  const kept = {
    left: whole.left + crop.left * scale,
    top: whole.top + crop.top * scale,
    width: crop.width * scale,
    height: crop.height * scale,
  };
  const pixels = ({ x, y }: Point): Point => ({ x: x / scale, y: y / scale });

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { start: crop, from: { x: event.clientX, y: event.clientY }, isMoving: true };
  }

  function onPointerMove(event: PointerEvent): void {
    const { start, from, isMoving } = drag.current;
    if (!isMoving) return;
    onCrop(movedCrop(start, pixels({ x: event.clientX - from.x, y: event.clientY - from.y }), size));
  }

  return (
    <div ref={stage} className={styles['stage']}>
      <div className={styles['whole']} style={whole}>
        <img
          className={styles['image']}
          src={imageUrl(image.id, 'full')}
          alt={image.prompt}
          draggable={false}
          style={{
            width: image.width * scale,
            height: image.height * scale,
            transform: `translate(-50%, -50%) ${transformOf(turn, straightenScale(size, turn.straighten))}`,
          }}
        />
      </div>
      <button
        type="button"
        className={styles['kept']}
        style={kept}
        data-straightened={turn.straighten !== 0 || undefined}
        aria-label={t('editor.move_kept')}
        aria-description={t('editor.size_in_pixels', { width: crop.width, height: crop.height })}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onLostPointerCapture={() => {
          drag.current.isMoving = false;
        }}
        onKeyDown={(event) => {
          if (hasModifier(event)) return;
          const step = event.shiftKey ? largeKeyStepPx : keyStepPx;
          const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
            event.key
          ] ?? [0, 0];
          if (!x && !y) return;
          event.preventDefault();
          onCrop(movedCrop(crop, pixels({ x: (x ?? 0) * step, y: (y ?? 0) * step }), size));
        }}
      />
      <EdgeHandles
        action="crop"
        description={t('editor.size_in_pixels', { width: crop.width, height: crop.height })}
        rect={kept}
        onStart={() => {
          drag.current = { ...drag.current, start: crop };
        }}
        onDrag={(handle, by) => onCrop(draggedCrop(drag.current.start, handle, pixels(by), size, ratio))}
        onEnd={() => {}}
      />
    </div>
  );
}
