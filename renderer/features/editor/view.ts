// The position of the picture and its frame on the stage, in CSS pixels from the stage's upper left corner.
import { type Frame, framedSize } from '../../../shared/domain/edits';
import type { Sizes, Zoom } from '../../picture/lightbox/zoom';
import type { Size } from './frame';
import type { Point } from './mask/mask';

/** The upper left corner of the picture, and CSS pixels per pixel of the picture. */
export type View = Point & { scale: number };

/** CSS pixels. */
export type Rect = { left: number; top: number; width: number; height: number };

/** @param frame the one that fits the stage at scale 1. */
export function viewOf({ stage, fit }: Sizes, zoom: Zoom, size: Size, frame: Frame): View {
  const framed = framedSize(size, frame);
  const scale = (fit.width * zoom.scale) / framed.width;
  return {
    x: stage.width / 2 + zoom.x - (framed.width * scale) / 2 + frame.left * scale,
    y: stage.height / 2 + zoom.y - (framed.height * scale) / 2 + frame.top * scale,
    scale,
  };
}

/** Returns the pixel of the picture, with fractions, under a point of the stage. */
export function pixelAt({ x, y, scale }: View, point: Point): Point {
  return { x: (point.x - x) / scale, y: (point.y - y) / scale };
}

/** Returns the rectangle of the picture, in CSS pixels from the corner of the stage. */
export function pictureRect({ x, y, scale }: View, { width, height }: Size): Rect {
  return { left: x, top: y, width: width * scale, height: height * scale };
}

/** Returns the rectangle of the picture with its frame, as `pictureRect`. */
export function frameRect(view: View, size: Size, frame: Frame): Rect {
  const { left, top, width, height } = pictureRect(view, size);
  return {
    left: left - frame.left * view.scale,
    top: top - frame.top * view.scale,
    width: width + (frame.left + frame.right) * view.scale,
    height: height + (frame.top + frame.bottom) * view.scale,
  };
}
