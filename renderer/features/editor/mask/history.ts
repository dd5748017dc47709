// Undo and redo of a mask. Each step stores only the tiles that it changed, within a memory limit.
import { type Box, countTile, type Mask, tileBox, tilesIn } from './mask';

/** The bytes of a tile, or the one value that all of them have. */
type TileCopy = Uint8Array | number;
type Tiles = Map<number, TileCopy>;
/** `exchange` undoes a change outside the mask, and redoes it when it is called again. */
type Step = { tiles: Tiles; exchange: () => void };

const nothing = () => {};

/** Maximum memory of all steps, in bytes. The oldest ones are removed first. */
const maxStepBytes = 64 * 1024 * 1024;
/** Approximate memory of a tile with a single value. */
const smallCopyBytes = 64;

/** @param maxBytes maximum memory of all steps. */
export function createHistory(mask: Mask, maxBytes: number = maxStepBytes) {
  const past: Step[] = [];
  let future: Step[] = [];
  let current: Tiles | null = null;

  /** Allocates no copy for a tile with a single value. Most tiles have one, and a stroke constantly enters new tiles. */
  function copyOf(index: number): TileCopy {
    const { left, top, right, bottom } = tileBox(mask, index);
    const { width, bytes } = mask;
    const value = bytes[top * width + left] ?? 0;
    let y = top;
    while (y < bottom && isRun(bytes, y * width + left, y * width + right, value)) y += 1;
    if (y === bottom) return value;
    const copy = new Uint8Array((right - left) * (bottom - top));
    let to = 0;
    for (y = top; y < bottom; y += 1) {
      for (let at = y * width + left; at < y * width + right; at += 1) {
        copy[to] = bytes[at] ?? 0;
        to += 1;
      }
    }
    return copy;
  }

  function restore(index: number, copy: TileCopy): void {
    const { left, top, right, bottom } = tileBox(mask, index);
    for (let y = top; y < bottom; y += 1) {
      const row = mask.bytes.subarray(y * mask.width + left, y * mask.width + right);
      if (typeof copy === 'number') row.fill(copy);
      else row.set(copy.subarray((y - top) * row.length, (y - top + 1) * row.length));
    }
    countTile(mask, index);
  }

  /** Restores tiles. @returns the replaced ones, which undo this. */
  function exchanged(tiles: Tiles): Tiles {
    const other: Tiles = new Map();
    for (const [index, copy] of tiles) {
      other.set(index, copyOf(index));
      restore(index, copy);
    }
    return other;
  }

  function push(step: Step): void {
    future = [];
    past.push(step);
    while (past.length > 1 && bytesOf(past) > maxBytes) past.shift();
  }

  function move(from: Step[], to: Step[]): number[] {
    const step = from.pop();
    if (!step) return [];
    to.push({ ...step, tiles: exchanged(step.tiles) });
    step.exchange();
    return [...step.tiles.keys()];
  }

  return {
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    /** Begins a step. All changes of the mask until `end` belong to it. */
    begin(): void {
      current = new Map();
    },
    /** Copies the contents of a box before they change. */
    keep(box: Box): void {
      for (const index of tilesIn(mask, box)) {
        if (current && !current.has(index)) current.set(index, copyOf(index));
      }
    },
    /** Ends the step, and drops it if nothing has changed. */
    end(): void {
      const tiles = current;
      current = null;
      if (!tiles) return;
      for (const [index, copy] of tiles) {
        if (isSame(copyOf(index), copy)) tiles.delete(index);
        else countTile(mask, index);
      }
      if (tiles.size > 0) push({ tiles, exchange: nothing });
    },
    /** Adds a step for a change outside the mask. @param exchange see `Step`. */
    add: (exchange: () => void) => push({ tiles: new Map(), exchange }),
    /** Reverts the current step. @returns the tiles that changed. */
    cancel(): number[] {
      const tiles = current;
      current = null;
      if (!tiles) return [];
      exchanged(tiles);
      return [...tiles.keys()];
    },
    /** @returns the tiles that changed. */
    undo: () => move(past, future),
    /** @returns the tiles that changed. */
    redo: () => move(future, past),
  };
}

function isRun(bytes: Uint8Array, from: number, to: number, value: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] !== value) return false;
  return true;
}

function isSame(one: TileCopy, other: TileCopy): boolean {
  if (typeof one === 'number' || typeof other === 'number') return one === other;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}

function bytesOf(steps: readonly Step[]): number {
  let bytes = 0;
  for (const { tiles } of steps) {
    for (const copy of tiles.values()) bytes += typeof copy === 'number' ? smallCopyBytes : copy.length;
  }
  return bytes;
}
