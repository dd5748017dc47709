// Calculates crops, in pixels of the turned picture.
import type { LocalEdit } from '../../../shared/domain/edits';
import type { Handle, Size } from './frame';

export type Crop = NonNullable<LocalEdit['crop']>;

/** Minimum side of a crop, in pixels. */
const minSide = 16;

export function wholeCrop({ width, height }: Size): Crop {
  return { left: 0, top: 0, width, height };
}

export function isWhole(crop: Crop, { width, height }: Size): boolean {
  return crop.width === width && crop.height === height;
}

/** Moves the edges of a handle. @param ratio fixed ratio of width to height; null: any. */
export function draggedCrop(
  crop: Crop,
  handle: Handle,
  by: { x: number; y: number },
  size: Size,
  ratio: number | null,
): Crop {
  const horizontal = movedEdges([crop.left, crop.left + crop.width], handle.x, by.x, size.width);
  const vertical = movedEdges([crop.top, crop.top + crop.height], handle.y, by.y, size.height);
  const free: Crop = {
    left: horizontal[0],
    top: vertical[0],
    width: horizontal[1] - horizontal[0],
    height: vertical[1] - vertical[0],
  };
  if (ratio === null) return free;
  // The dragged side determines the size, and the opposite edges stay in place.
  const wanted = handle.x === 0 ? free.height * ratio : free.width;
  const room = {
    width: handle.x < 0 ? crop.left + crop.width : size.width - crop.left,
    height: handle.y < 0 ? crop.top + crop.height : size.height - crop.top,
  };
  const width = Math.max(1, Math.round(Math.min(wanted, room.width, room.height * ratio)));
  const height = Math.max(1, Math.min(room.height, Math.round(width / ratio)));
  return {
    left: handle.x < 0 ? crop.left + crop.width - width : crop.left,
    top: handle.y < 0 ? crop.top + crop.height - height : crop.top,
    width,
    height,
  };
}

function movedEdges(
  [start, end]: readonly [number, number],
  side: Handle['x'],
  by: number,
  length: number,
): [number, number] {
  const min = Math.min(minSide, length);
  if (side < 0) return [Math.min(Math.max(0, Math.round(start + by)), end - min), end];
  if (side > 0) return [start, Math.max(Math.min(length, Math.round(end + by)), start + min)];
  return [start, end];
}

/** Moves the whole crop within the picture. */
export function movedCrop(crop: Crop, by: { x: number; y: number }, size: Size): Crop {
  const within = (start: number, length: number, max: number) =>
    Math.min(Math.max(0, Math.round(start)), max - length);
  return {
    ...crop,
    left: within(crop.left + by.x, crop.width, size.width),
    top: within(crop.top + by.y, crop.height, size.height),
  };
}

/** Returns the largest centred crop with a ratio. */
export function cropForRatio(size: Size, ratio: number): Crop {
  const width = Math.max(1, Math.min(size.width, Math.round(size.height * ratio)));
  const height = Math.max(1, Math.min(size.height, Math.round(size.width / ratio)));
  return {
    left: Math.floor((size.width - width) / 2),
    top: Math.floor((size.height - height) / 2),
    width,
    height,
  };
}

/** Returns the same crop after another clockwise quarter turn. @param size before the turn. */
export function turnedCrop(crop: Crop, { height }: Size): Crop {
  return {
    left: height - crop.top - crop.height,
    top: crop.left,
    width: crop.height,
    height: crop.width,
  };
}

/** Returns the same crop after the picture was mirrored from left to right. */
export function mirroredCrop(crop: Crop, { width }: Size): Crop {
  return { ...crop, left: width - crop.left - crop.width };
}

/** How the picture is turned and mirrored. */
export type Turn = Pick<LocalEdit, 'quarterTurns' | 'mirrored' | 'straighten'>;

/** Turns the shown picture clockwise. Mirroring is applied after turning, so a mirrored picture is turned the other way. */
export function turnedOnce({ quarterTurns, mirrored, straighten }: Turn): Turn {
  return { quarterTurns: (quarterTurns + (mirrored ? 3 : 1)) % 4, mirrored, straighten };
}

/** Mirrors the shown picture. @param axis `vertical` exchanges top and bottom. */
export function flipped({ quarterTurns, mirrored, straighten }: Turn, axis: 'horizontal' | 'vertical'): Turn {
  return {
    quarterTurns: axis === 'vertical' ? (quarterTurns + 2) % 4 : quarterTurns,
    mirrored: !mirrored,
    // Mirroring reverses the slope.
    straighten: straighten === 0 ? 0 : -straighten,
  };
}

/** Returns the CSS transform that shows the turn. The last function is applied first. */
export function transformOf({ quarterTurns, mirrored, straighten }: Turn, scale: number): string {
  return `rotate(${straighten}deg) scale(${scale}) scaleX(${mirrored ? -1 : 1}) rotate(${quarterTurns * 90}deg)`;
}
