// Encodes a JPEG band by band, so that only one band of its pixels is in memory.
import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { Size } from '../../../../shared/domain/picture-bytes/facts';
import { jpegMarkers } from '../../../../shared/domain/picture-bytes/jpeg';
import { concatenate } from '../../../../shared/domain/picture-bytes/span';
import type { BandEncoder } from './band-encoder';
import { parseScan, sharedTableSegment } from './jpeg-scan';

/** The format stores 16 bits; libjpeg's own maximum is a little lower. */
export const maxJpegSide = 65_500;
const defaultBandPixels = 4_000_000;
/** Every band except the last consists of whole MCUs, which are at most this many rows high. */
const maxUnitRows = 16;
const [restartInterval, firstRestart] = [0xdd, 0xd0];

/**
 * Encodes each band with Skia as a JPEG of its own, then joins their data to one scan with a restart marker after
 * each band, which resets the prediction: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, E.1.4.
 *
 * @param quality 0 to 100.
 */
export function createJpegBands(
  { width, height }: Size,
  quality: number,
  bandPixels = defaultBandPixels,
): BandEncoder {
  const bandRows = Math.max(1, Math.floor(bandPixels / width / maxUnitRows)) * maxUnitRows;
  const parts: Uint8Array[] = [Uint8Array.of(0xff, 0xd8)];
  let band = new Uint8ClampedArray(0);
  let [filled, bands, rowsLeft] = [0, 0, height];

  async function encodeBand(rgba: Uint8ClampedArray, rows: number): Promise<void> {
    const canvas = createCanvas(width, rows);
    canvas.getContext('2d').putImageData(new ImageData(rgba, width, rows), 0, 0);
    const { tables, frame, scan, across, down, data } = parseScan(await canvas.encode('jpeg', quality));
    if (bands === 0) {
      const units = Math.ceil(width / (8 * across)) * (bandRows / (8 * down));
      parts.push(...tables, withHeight(frame, height), sharedTableSegment());
      parts.push(Uint8Array.of(0xff, restartInterval, 0, 4, units >> 8, units & 255), withSharedTables(scan));
    } else parts.push(Uint8Array.of(0xff, firstRestart + ((bands - 1) % 8)));
    parts.push(data);
    bands += 1;
  }

  return {
    async write(rgba) {
      for (let from = 0; from < rgba.length; ) {
        const rows = Math.min(bandRows, rowsLeft);
        if (rows === 0) throw new Error('There are more rows than the picture has.');
        if (filled === 0) band = new Uint8ClampedArray(width * rows * 4);
        const some = rgba.subarray(from, from + band.length - filled);
        band.set(some, filled);
        filled += some.length;
        from += some.length;
        if (filled < band.length) break;
        await encodeBand(band, rows);
        rowsLeft -= rows;
        filled = 0;
      }
    },
    async end() {
      if (rowsLeft > 0) throw new Error('Rows of the picture are missing.');
      return concatenate([...parts, Uint8Array.of(0xff, jpegMarkers.end)]);
    },
  };
}

function withHeight(frame: Uint8Array, height: number): Uint8Array {
  const copy = Uint8Array.from(frame);
  copy.set([height >> 8, height & 255], 5);
  return copy;
}

/** All components use the same tables. */
function withSharedTables(scan: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(scan);
  for (let index = 0; index < (scan[4] ?? 0); index += 1) copy[6 + 2 * index] = 0;
  return copy;
}
