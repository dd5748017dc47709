// Computes the mask of an edit: the painted part and the area added by the frame, in the size of the framed
// picture.
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { type Frame, framedSize, maxEngineEditPixels } from '../../../shared/domain/edits';

type Size = { width: number; height: number };

/**
 * Width of the soft transition from the added area into the picture, which hides the seam, as a share of the
 * picture's shorter side.
 */
const overlapShare = 0.05;
const maxOverlap = 64;

/** One byte per pixel: 255 changes, 0 stays. */
export type PartMask = Size & { gray: Uint8Array };

/** @param mask of the picture's own size; null if nothing was painted. */
export function partMask(picture: Size, mask: Canvas | null, frame: Frame | null): PartMask {
  const size = framedSize(picture, frame ?? undefined);
  const gray = frame ? newArea(picture, frame, size) : new Uint8Array(size.width * size.height);
  if (!mask) return { ...size, gray };
  const painted = grayOf(mask, picture);
  const [left, top] = [frame?.left ?? 0, frame?.top ?? 0];
  for (let y = 0; y < picture.height; y += 1) {
    const from = y * picture.width;
    const to = (y + top) * size.width + left;
    for (let x = 0; x < picture.width; x += 1) {
      const value = painted[from + x] ?? 0;
      if (value > (gray[to + x] ?? 0)) gray[to + x] = value;
    }
  }
  return { ...size, gray };
}

/** Returns the gray of each pixel. The mask's file is opaque, so no channel is premultiplied. */
function grayOf(mask: Canvas, { width, height }: Size): Uint8Array {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.drawImage(mask, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const gray = new Uint8Array(width * height);
  for (let index = 0; index < gray.length; index += 1) gray[index] = data[index * 4] ?? 0;
  return gray;
}

/** White outside of the picture; fades to black inside it, along each extended side. */
function newArea(picture: Size, { left, top, right, bottom }: Frame, size: Size): Uint8Array {
  const overlap = Math.max(
    1,
    Math.min(maxOverlap, Math.round(Math.min(picture.width, picture.height) * overlapShare)),
  );
  const columns = rampOf(size.width, left, right, overlap);
  const rows = rampOf(size.height, top, bottom, overlap);
  const gray = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y += 1) {
    const row = rows[y] ?? 0;
    for (let x = 0; x < size.width; x += 1) gray[y * size.width + x] = Math.max(row, columns[x] ?? 0);
  }
  return gray;
}

function rampOf(length: number, before: number, after: number, overlap: number): Uint8Array {
  const valueAt = (inside: number) => Math.round(255 * Math.max(0, 1 - (inside + 1) / (overlap + 1)));
  return Uint8Array.from({ length }, (_, at) => {
    if (at < before || at >= length - after) return 255;
    const fromStart = before > 0 ? valueAt(at - before) : 0;
    const fromEnd = after > 0 ? valueAt(length - after - 1 - at) : 0;
    return Math.max(fromStart, fromEnd);
  });
}

type Rectangle = { x: number; y: number; width: number; height: number };

/** Minimum side of such a region in pixels, so that a model sees the surroundings of the part. */
const minRegionSide = 768;

/**
 * Returns the region of a picture that is shown to an engine: the whole picture if the engine can make it in one
 * piece, otherwise the part and as much again around it. The rest stays unchanged. It depends only on the mask.
 */
export function regionOf(part: PartMask): Rectangle {
  const { width, height } = part;
  const bounds = width * height <= maxEngineEditPixels ? null : boundsFrom(part, 1);
  if (!bounds) return { x: 0, y: 0, width, height };
  const x = spanAround(bounds.left * width, bounds.right * width, width);
  const y = spanAround(bounds.top * height, bounds.bottom * height, height);
  return { x: x.start, y: y.start, width: x.length, height: y.length };
}

function spanAround(from: number, to: number, most: number): { start: number; length: number } {
  const length = Math.min(most, Math.max(minRegionSide, Math.ceil((to - from) * 2)));
  const start = Math.round((from + to - length) / 2);
  return { start: Math.min(most - length, Math.max(0, start)), length };
}

/**
 * Returns the smallest rectangle around the changed pixels, as shares of the size from 0 to 1; null if there are
 * none. Faint pixels at a soft edge count only if there are no others.
 */
export function boundsOf(part: PartMask) {
  return boundsFrom(part, 128) ?? boundsFrom(part, 1);
}

/** @param least minimum gray of a pixel that counts. */
function boundsFrom({ width, height, gray }: PartMask, least: number) {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((gray[y * width + x] ?? 0) < least) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  if (right === 0) return null;
  return { left: left / width, top: top / height, right: right / width, bottom: bottom / height };
}
