// For tests: masks as the editor writes them.
import { deflateSync } from 'node:zlib';
import { writePngChunk } from '../../../shared/domain/picture-bytes/png';

export type MaskOptions = {
  bitDepth?: number;
  colourType?: number;
  interlacing?: number;
  /** Chunks between the header and the pixels. */
  further?: readonly Uint8Array[];
};

/** Returns a PNG of 8-bit gray. @param grayAt the value of each pixel, 0 to 255. */
export function grayPng(
  width: number,
  height: number,
  grayAt: (x: number, y: number) => number,
  { bitDepth = 8, colourType = 0, interlacing = 0, further = [] }: MaskOptions = {},
): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, colourType, 0, 0, interlacing], 8);
  // Each line begins with its filter: https://www.w3.org/TR/png-3/#9Filters
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) lines[y * (width + 1) + 1 + x] = grayAt(x, y);
  }
  const chunks = [writePngChunk('IHDR', header), ...further, writePngChunk('IDAT', deflateSync(lines))];
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return new Uint8Array(Buffer.concat([signature, ...chunks, writePngChunk('IEND', new Uint8Array(0))]));
}

/** Returns a mask that is white in its left half. */
export function halfMask(width: number, height: number): Uint8Array<ArrayBuffer> {
  return grayPng(width, height, (x) => (x < width / 2 ? 255 : 0));
}
