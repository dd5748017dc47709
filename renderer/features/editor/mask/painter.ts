// Paints in a mask: records each step for undo, and collects the areas that have to be drawn again.
import { createBands } from './bands';
import { feather, featherBox } from './feather';
import {
  type Dab,
  fillShape,
  outlineShape,
  type Paint,
  rectangleShape,
  type Shape,
  strokeShape,
} from './fill-shape';
import { createHistory } from './history';
import {
  type Box,
  countTile,
  coverageOf,
  createMask,
  type Mask,
  type Point,
  tileBox,
  tilesIn,
  wholeOf,
} from './mask';

/** The state after a change. The same object until the next change. */
export type PainterState = { coverage: number; canUndo: boolean; canRedo: boolean; revision: number };

export type Painter = ReturnType<typeof createPainter>;

/** @param bytes an existing mask of this size, to continue with. */
export function createPainter(width: number, height: number, bytes?: Uint8Array) {
  const mask: Mask = createMask(width, height);
  if (bytes) mask.bytes.set(bytes);
  const history = createHistory(mask);
  const listeners = new Set<() => void>();
  const dirty = createBands(mask);
  let last: Dab | null = null;
  let isPainting = false;
  let state: PainterState = { coverage: 0, canUndo: false, canRedo: false, revision: 0 };

  function changed(...boxes: Box[]): void {
    for (const box of boxes) dirty.add(box);
    for (const listener of listeners) listener();
  }

  const changedTiles = (tiles: readonly number[]) => changed(...tiles.map((tile) => tileBox(mask, tile)));

  function ended(): void {
    state = {
      coverage: coverageOf(mask),
      canUndo: history.canUndo(),
      canRedo: history.canRedo(),
      revision: state.revision + 1,
    };
    for (const listener of listeners) listener();
  }

  function fill(shape: Shape, paint: Paint): void {
    history.keep(shape.box);
    const box = fillShape(mask, shape, paint);
    if (box) changed(box);
  }

  function inOneStep(run: () => void): void {
    if (isPainting) return;
    history.begin();
    run();
    history.end();
    ended();
  }

  /** Splits long pieces, so that a diagonal one touches few tiles. */
  function stroke(from: Dab, to: Dab, paint: Paint): void {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const pieces = Math.max(1, Math.ceil(length / Math.max(256, from.radius * 2, to.radius * 2)));
    const at = (part: number): Dab => ({
      x: from.x + (to.x - from.x) * part,
      y: from.y + (to.y - from.y) * part,
      radius: from.radius + (to.radius - from.radius) * part,
    });
    for (let piece = 0; piece < pieces; piece += 1)
      fill(strokeShape(at(piece / pieces), at((piece + 1) / pieces)), paint);
  }

  if (bytes) {
    for (const tile of tilesIn(mask, wholeOf(mask))) countTile(mask, tile);
    changed(wholeOf(mask));
    state = { ...state, coverage: coverageOf(mask) };
  }

  return {
    mask,
    read: (): PainterState => state,
    /** Calls the listener after each change. @returns a function that stops this. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Returns the boxes that have changed since the last call. */
    takeDirty: (): Box[] => dirty.take(),
    isPainting: () => isPainting,

    /** Begins a stroke. @param isLine whether to draw a straight line from the end of the previous stroke. */
    beginStroke(dab: Dab, paint: Paint, isLine: boolean): void {
      history.begin();
      isPainting = true;
      stroke(isLine && last ? { ...last, radius: dab.radius } : dab, dab, paint);
      last = dab;
    },
    continueStroke(dab: Dab, paint: Paint): void {
      if (!isPainting || !last) return;
      stroke(last, dab, paint);
      last = dab;
    },
    endStroke(): void {
      if (!isPainting) return;
      isPainting = false;
      history.end();
      ended();
    },
    cancelStroke(): void {
      if (!isPainting) return;
      isPainting = false;
      last = null;
      changedTiles(history.cancel());
      ended();
    },
    rectangle: (a: Point, b: Point, paint: Paint) => inOneStep(() => fill(rectangleShape(a, b), paint)),
    outline: (points: readonly Point[], paint: Paint) => inOneStep(() => fill(outlineShape(points), paint)),
    invert: () =>
      inOneStep(() => {
        history.keep(wholeOf(mask));
        for (let at = 0; at < mask.bytes.length; at += 1) mask.bytes[at] = 255 - (mask.bytes[at] ?? 0);
        changed(wholeOf(mask));
      }),
    clear: () =>
      inOneStep(() => {
        history.keep(wholeOf(mask));
        mask.bytes.fill(0);
        changed(wholeOf(mask));
      }),
    /** Softens the edges. @param radius in pixels. */
    feather: (radius: number) =>
      inOneStep(() => {
        const box = featherBox(mask, radius);
        if (!box) return;
        history.keep(box);
        feather(mask, box, radius);
        changed(box);
      }),
    /** Records a change outside the mask as a step. @param exchange undoes it, and redoes it when called again. */
    remember(exchange: () => void): void {
      history.add(exchange);
      ended();
    },
    undo(): void {
      if (isPainting) return;
      changedTiles(history.undo());
      ended();
    },
    redo(): void {
      if (isPainting) return;
      changedTiles(history.redo());
      ended();
    },
  };
}
