// Shows a mask on a canvas of the picture's own size. Each frame draws only the tiles that have changed.
import { type Box, tileBox, tilesIn, wholeOf } from './mask';
import { drawOverlay, type Tint, tintColours } from './overlay';
import type { Painter } from './painter';

export type OverlayCanvas = {
  /** @param pixels of the picture that each line around the marked part is wide. */
  setThickness: (pixels: number) => void;
  detach: () => void;
};

/** Shows what a painter paints until it is detached. */
export function attachOverlay(canvas: HTMLCanvasElement, painter: Painter): OverlayCanvas {
  const { mask } = painter;
  const pen = canvas.getContext('2d', { desynchronized: true });
  const colours = tintColours(readTint(canvas));
  /** Used again for each part, because the memory of a frame would be collected while the user paints. */
  let pixels = new Uint32Array(0);
  let thickness = 1;
  let frame = 0;

  function show(box: Box): void {
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    if (pixels.length < width * height) pixels = new Uint32Array(width * height);
    drawOverlay(mask, box, thickness, colours, pixels);
    const bytes = new Uint8ClampedArray(pixels.buffer, 0, width * height * 4);
    pen?.putImageData(new ImageData(bytes, width, height), box.left, box.top);
  }

  function showTiles(tiles: Iterable<number>): void {
    for (const box of joined([...painter.around(tiles, thickness)])) show(box);
  }

  /** Neighbours in a row become one box, because each call has a cost of its own. */
  function joined(tiles: number[]): Box[] {
    const boxes: Box[] = [];
    let last = Number.NaN;
    for (const tile of tiles.toSorted((a, b) => a - b)) {
      const box = tileBox(mask, tile);
      const before = boxes.at(-1);
      if (before && tile === last + 1 && box.top === before.top) before.right = box.right;
      else boxes.push(box);
      last = tile;
    }
    return boxes;
  }

  function schedule(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      showTiles(painter.takeDirty());
    });
  }

  // Another canvas may have taken what has changed.
  showTiles(tilesIn(mask, wholeOf(mask)));
  painter.takeDirty();
  const unsubscribe = painter.subscribe(schedule);
  return {
    setThickness(wanted) {
      if (wanted === thickness) return;
      const marked = [...mask.sums].flatMap((sum, tile) => (sum > 0 ? tile : []));
      const before = painter.around(marked, thickness);
      thickness = wanted;
      showTiles(new Set([...before, ...marked]));
    },
    detach() {
      unsubscribe();
      cancelAnimationFrame(frame);
    },
  };
}

/** Colours of style sheets may be in any colour space, and a canvas knows all of them. */
function readTint(element: HTMLElement): Tint {
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  if (!pen) return { red: 255, green: 120, blue: 0 };
  pen.fillStyle = getComputedStyle(element).getPropertyValue('--mark');
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return { red, green, blue };
}
