// Makes a PNG with text in the lowest bits of its alpha channel, for tests.
import { deflateSync } from 'node:zlib';
import { pngChunk, words } from '../pipeline/test-pictures';

/** Gives each row another filter, so that all of them are tested. */
export function pngWithAlphaBits(signature: string, data: Uint8Array, height = 65): Buffer {
  const head = Buffer.concat([Buffer.from(signature), words(data.length * 8), data]);
  const width = Math.max(8, Math.ceil((head.length * 8) / height));
  const rgba = Buffer.alloc(width * height * 4);
  for (let index = 0; index < rgba.length; index += 1) rgba[index] = (index * 7) & 0xff;
  for (let position = 0; position < width * height; position += 1) {
    const bit = ((head[position >> 3] ?? 0) >> (7 - (position & 7))) & 1;
    rgba[((position % height) * width + Math.floor(position / height)) * 4 + 3] = 254 | bit;
  }
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y += 1) rows.push(Buffer.of(y % 5), filtered(rgba, width * 4, y));
  const header = Buffer.concat([words(width, height), Buffer.of(8, 6, 0, 0, 0)]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** https://www.w3.org/TR/png-3/#9Filters */
function filtered(rgba: Buffer, rowLength: number, y: number): Buffer {
  const row = Buffer.alloc(rowLength);
  for (let x = 0; x < rowLength; x += 1) {
    const at = y * rowLength + x;
    const a = x >= 4 ? (rgba[at - 4] ?? 0) : 0;
    const b = y > 0 ? (rgba[at - rowLength] ?? 0) : 0;
    const c = x >= 4 && y > 0 ? (rgba[at - rowLength - 4] ?? 0) : 0;
    row[x] = ((rgba[at] ?? 0) - ([0, a, b, (a + b) >> 1, paeth(a, b, c)][y % 5] ?? 0)) & 0xff;
  }
  return row;
}

function paeth(a: number, b: number, c: number): number {
  const distances = [a, b, c].map((value) => Math.abs(a + b - c - value));
  return [a, b, c][distances.indexOf(Math.min(...distances))] ?? 0;
}
