// The colours that show a mask over its picture: a tint, and two lines around it, one of which contrasts with any picture.
import { type Box, clipped, type Mask } from './mask';

/** Whether the red byte of a pixel in memory is the least significant one. */
const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

function pixel(red: number, green: number, blue: number, alpha: number): number {
  const bytes = isLittleEndian ? [red, green, blue, alpha] : [alpha, blue, green, red];
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}

const tintAlpha = 0.5;
const lineInside = pixel(255, 255, 255, 240);
const lineOutside = pixel(0, 0, 0, 150);

/** The highest bit of each of four bytes. */
const allMarked = 0x80_80_80_80 | 0;

export type Tint = { red: number; green: number; blue: number };

/** Returns the colour of each value of the mask. */
export function tintColours({ red, green, blue }: Tint): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, value) =>
    value === 0 ? 0 : pixel(red, green, blue, Math.round(value * tintAlpha)),
  );
}

/**
 * Writes the colours of a part of the mask, row by row.
 *
 * @param thickness of each line, in pixels of the picture.
 * @param pixels has at least as many elements as the box has pixels.
 */
export function drawOverlay(
  mask: Mask,
  box: Box,
  thickness: number,
  colours: Uint32Array,
  pixels: Uint32Array,
): void {
  const { left, top, right, bottom } = clipped(mask, box);
  const { width, height, bytes } = mask;
  let to = 0;
  for (let y = top; y < bottom; y += 1) {
    const row = y * width;
    const above = Math.max(0, y - thickness) * width;
    const below = Math.min(height - 1, y + thickness) * width;
    for (let x = left; x < right; x += 1) {
      const value = bytes[row + x] ?? 0;
      const others =
        ((bytes[above + x] ?? 0) << 24) |
        ((bytes[below + x] ?? 0) << 16) |
        ((bytes[row + (x < thickness ? 0 : x - thickness)] ?? 0) << 8) |
        (bytes[row + (x + thickness < width ? x + thickness : width - 1)] ?? 0);
      let colour = colours[value] ?? 0;
      // The highest bit is set if more than half of a pixel is marked.
      if (value & 128) {
        if ((others & allMarked) !== allMarked) colour = lineInside;
      } else if (others & allMarked) colour = lineOutside;
      pixels[to] = colour;
      to += 1;
    }
  }
}
