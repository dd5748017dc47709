// Encodes a WebP with Skia, which needs all rows at once.
import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { Size } from '../../../../shared/domain/picture-bytes/facts';
import type { BandEncoder } from './band-encoder';

/** @param quality 0 to 100. */
export function createWebp({ width, height }: Size, quality: number): BandEncoder {
  const pixels = new Uint8ClampedArray(width * height * 4);
  let filled = 0;
  return {
    async write(rgba) {
      pixels.set(rgba, filled);
      filled += rgba.length;
    },
    async end() {
      if (filled < pixels.length) throw new Error('Rows of the picture are missing.');
      const canvas = createCanvas(width, height);
      canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
      return canvas.encode('webp', quality);
    },
  };
}
