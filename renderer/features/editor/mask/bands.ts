// Collects boxes in horizontal bands of the picture, so that a long diagonal stroke does not result in one large box.
import { type Box, clipped, type Mask, united } from './mask';

/** Height of a band in pixels. */
const bandHeight = 128;

/** Creates an empty collection of boxes, clipped to the mask. */
export function createBands(mask: Pick<Mask, 'width' | 'height'>) {
  const bands = new Map<number, Box>();
  return {
    /** Adds a box. It may reach beyond the picture. */
    add(box: Box): void {
      const { left, top, right, bottom } = clipped(mask, box);
      if (left >= right) return;
      for (let from = top; from < bottom; ) {
        const band = Math.floor(from / bandHeight);
        const to = Math.min(bottom, (band + 1) * bandHeight);
        const part = { left, top: from, right, bottom: to };
        const before = bands.get(band);
        bands.set(band, before ? united(before, part) : part);
        from = to;
      }
    },
    /** Returns one box for each non-empty band, and removes them. */
    take(): Box[] {
      const boxes = [...bands.values()];
      bands.clear();
      return boxes;
    },
  };
}
