// A mask in memory: one byte per pixel of the picture, with sums for each tile. 255 changes, 0 stays.
import { t } from '../../../../shared/languages/translate';

/** Side of a tile in pixels: small enough that a stroke affects few other pixels. */
const tileSide = 128;

export type Mask = {
  readonly width: number;
  readonly height: number;
  /** Row by row, from the top left. */
  readonly bytes: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  /** The sum of the bytes of each tile, updated by `countTile`. */
  readonly sums: Float64Array;
};

/** Whole pixels; `right` and `bottom` are the first ones outside. */
export type Box = { left: number; top: number; right: number; bottom: number };

export type Point = { x: number; y: number };

export function createMask(width: number, height: number): Mask {
  const columns = Math.ceil(width / tileSide);
  const rows = Math.ceil(height / tileSide);
  const bytes = new Uint8Array(width * height);
  return { width, height, bytes, columns, rows, sums: new Float64Array(columns * rows) };
}

/** Returns the pixels of a tile. @param index of the tile, row by row. */
export function tileBox({ width, height, columns }: Mask, index: number): Box {
  const left = (index % columns) * tileSide;
  const top = Math.floor(index / columns) * tileSide;
  return { left, top, right: Math.min(width, left + tileSide), bottom: Math.min(height, top + tileSide) };
}

/** Returns the tiles that a box touches. The box may reach beyond the picture. */
export function tilesIn(mask: Mask, box: Box): number[] {
  const { left, top, right, bottom } = clipped(mask, box);
  const tiles: number[] = [];
  if (left >= right || top >= bottom) return tiles;
  const lastRow = Math.floor((bottom - 1) / tileSide);
  const lastColumn = Math.floor((right - 1) / tileSide);
  for (let row = Math.floor(top / tileSide); row <= lastRow; row += 1) {
    for (let column = Math.floor(left / tileSide); column <= lastColumn; column += 1)
      tiles.push(row * mask.columns + column);
  }
  return tiles;
}

/** Updates the sum of a tile after its bytes have changed. */
export function countTile(mask: Mask, index: number): void {
  const { left, top, right, bottom } = tileBox(mask, index);
  let sum = 0;
  for (let y = top; y < bottom; y += 1) {
    const end = y * mask.width + right;
    for (let at = y * mask.width + left; at < end; at += 1) sum += mask.bytes[at] ?? 0;
  }
  mask.sums[index] = sum;
}

/** Returns the marked fraction of the picture, from 0 to 1. Soft edges count partially. */
export function coverageOf({ sums, width, height }: Mask): number {
  return sums.reduce((all, sum) => all + sum, 0) / (255 * width * height);
}

/** Describes how much is marked. A small part is never "nothing", and nearly all is never "all". */
export function coverageText(coverage: number): string {
  if (coverage === 0) return t('editor.nothing_marked');
  if (coverage < 0.01) return t('editor.little_marked');
  const percent = coverage < 1 ? Math.min(99, Math.round(coverage * 100)) : 100;
  return t('editor.percent_marked', { percent });
}

/** Returns the part of a box that is within the mask. */
export function clipped({ width, height }: Pick<Mask, 'width' | 'height'>, box: Box): Box {
  return {
    left: Math.max(0, box.left),
    top: Math.max(0, box.top),
    right: Math.min(width, box.right),
    bottom: Math.min(height, box.bottom),
  };
}

/** Returns a box that is larger on every side, by a number of pixels. */
export function grown({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

/** Returns the smallest box that contains both. */
export function united(one: Box, other: Box): Box {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

/** Returns the box of the whole mask. */
export function wholeOf({ width, height }: Pick<Mask, 'width' | 'height'>): Box {
  return { left: 0, top: 0, right: width, bottom: height };
}
