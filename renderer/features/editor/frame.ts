// Calculates the frame by which a picture grows on each side: by dragging, by keys, and by a wanted ratio.
import { type Frame, framedSize, maxEditPixels, maxEditSide } from '../../../shared/domain/edits';
import { type AspectRatio, aspectRatios, pictureSizes } from '../../../shared/domain/models';

export type Size = { width: number; height: number };

/** The edges that a handle moves: -1 is left or top, 1 is right or bottom, 0 is none. */
export type Handle = { x: -1 | 0 | 1; y: -1 | 0 | 1 };

export const noFrame: Frame = { left: 0, top: 0, right: 0, bottom: 0 };

export function isFramed({ left, top, right, bottom }: Frame): boolean {
  return left + top + right + bottom > 0;
}

/** Moves the edges of a handle by whole pixels. The frame is never negative, and never exceeds the maximum size. */
export function draggedFrame(
  frame: Frame,
  { x, y }: Handle,
  by: { x: number; y: number },
  size: Size,
): Frame {
  const moved = {
    left: outward(frame.left, x === -1 ? -by.x : 0),
    top: outward(frame.top, y === -1 ? -by.y : 0),
    right: outward(frame.right, x === 1 ? by.x : 0),
    bottom: outward(frame.bottom, y === 1 ? by.y : 0),
  };
  return limited(moved, frame, size);
}

function outward(distance: number, by: number): number {
  return Math.max(0, Math.round(distance + by));
}

/** Reduces a growth that exceeds the limits, by an equal fraction on each side. */
function limited(wanted: Frame, before: Frame, size: Size): Frame {
  if (fits(wanted, size)) return wanted;
  let [low, high] = [0, 1];
  for (let step = 0; step < 24; step += 1) {
    const middle = (low + high) / 2;
    if (fits(between(before, wanted, middle), size)) low = middle;
    else high = middle;
  }
  return between(before, wanted, low);
}

function between(from: Frame, to: Frame, part: number): Frame {
  const at = (side: keyof Frame) => Math.floor(from[side] + (to[side] - from[side]) * part);
  return { left: at('left'), top: at('top'), right: at('right'), bottom: at('bottom') };
}

function fits(frame: Frame, size: Size): boolean {
  const { width, height } = framedSize(size, frame);
  return Math.max(width, height) <= maxEditSide && width * height <= maxEditPixels;
}

/** Returns the smallest frame that gives a picture a ratio, with the picture in its centre. */
export function frameForRatio(size: Size, ratio: number): Frame {
  const isWider = ratio > size.width / size.height;
  const more = isWider
    ? Math.round(size.height * ratio) - size.width
    : Math.round(size.width / ratio) - size.height;
  const frame = isWider ? { ...noFrame, right: more } : { ...noFrame, bottom: more };
  return limited(centredFrame(frame), noFrame, size);
}

/** Centres the picture in its frame. */
export function centredFrame({ left, top, right, bottom }: Frame): Frame {
  const [across, down] = [left + right, top + bottom];
  const [halfAcross, halfDown] = [Math.floor(across / 2), Math.floor(down / 2)];
  return { left: halfAcross, top: halfDown, right: across - halfAcross, bottom: down - halfDown };
}

/** Returns the aspect ratio that is nearest to a size. */
export function shapeOfSize({ width, height }: Size): AspectRatio {
  const wanted = Math.log(width / height);
  const distance = (ratio: AspectRatio) =>
    Math.abs(Math.log(pictureSizes[ratio].width / pictureSizes[ratio].height) - wanted);
  return aspectRatios.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}

/** Returns an aspect ratio as a number: width divided by height. */
export function ratioOf(shape: AspectRatio): number {
  const [width = 1, height = 1] = shape.split(':').map(Number);
  return width / height;
}
