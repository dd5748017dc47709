// Shows a mask on a canvas of the picture's own size. Each frame draws only the changes.
import { createBands } from './bands';
import { type Box, clipped, grown, tileBox } from './mask';
import { drawOverlay, type Tint, tintColours } from './overlay';
import type { Painter } from './painter';

export type OverlayCanvas = {
  /** @param pixels width of the lines around the marked part, in pixels of the picture. */
  setThickness: (pixels: number) => void;
  detach: () => void;
};

/** Shows the painter's mask until the overlay is detached. */
export function attachOverlay(canvas: HTMLCanvasElement, painter: Painter): OverlayCanvas {
  const { mask } = painter;
  const pen = canvas.getContext('2d', { desynchronized: true });
  const colours = tintColours(readTint(canvas));
  /** Reused for each part, to avoid garbage collection while the user paints. */
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

  /** @param distance the maximum distance of lines from these parts. */
  function showAround(boxes: readonly Box[], distance: number): void {
    for (const box of boxes) show(clipped(mask, grown(box, distance)));
  }

  function showMarked(distance: number): void {
    const marked = createBands(mask);
    for (const [tile, sum] of mask.sums.entries()) if (sum > 0) marked.add(tileBox(mask, tile));
    showAround(marked.take(), distance);
  }

  function schedule(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      showAround(painter.takeDirty(), thickness);
    });
  }

  // Another canvas may have consumed the changes.
  painter.takeDirty();
  pen?.clearRect(0, 0, mask.width, mask.height);
  showMarked(thickness);
  const unsubscribe = painter.subscribe(schedule);
  return {
    setThickness(wanted) {
      if (wanted === thickness) return;
      const before = thickness;
      thickness = wanted;
      showMarked(Math.max(before, wanted));
    },
    detach() {
      unsubscribe();
      cancelAnimationFrame(frame);
    },
  };
}

/** Reads the colour through a canvas, because style sheets may use any colour space. */
function readTint(element: HTMLElement): Tint {
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  if (!pen) return { red: 255, green: 120, blue: 0 };
  pen.fillStyle = getComputedStyle(element).getPropertyValue('--mark');
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return { red, green, blue };
}
