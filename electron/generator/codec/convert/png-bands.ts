// Encodes a PNG row by row, because a canvas would hold all of its pixels several times.
// https://www.w3.org/TR/png-3/
import { crc32, createDeflate } from 'node:zlib';
import type { Size } from '../../../../shared/domain/picture-bytes/facts';
import { pngSignature, writePngChunk } from '../../../../shared/domain/picture-bytes/png';
import { concatenate, latin1, viewOf } from '../../../../shared/domain/picture-bytes/span';
import type { BandEncoder } from './band-encoder';

/** Filter types of section 9, by what is subtracted from a sample: Sub, Up and Paeth. */
const [left, above, nearest] = [1, 2, 4];

/** @param hasAlpha false writes red, green and blue only. */
export function createPngBands({ width, height }: Size, hasAlpha: boolean): BandEncoder {
  const samples = hasAlpha ? 4 : 3;
  const deflate = createDeflate();
  const packed: Uint8Array[] = [];
  const isPacked = new Promise<void>((resolve, reject) => {
    deflate.on('data', (data: Uint8Array) => packed.push(writePngChunk('IDAT', data, crc32)));
    deflate.on('end', resolve);
    deflate.on('error', reject);
  });
  let previous: Uint8Array = new Uint8Array(width * samples);
  let current: Uint8Array = new Uint8Array(width * samples);
  const candidates = [left, above, nearest].map((filter) => ({
    filter,
    line: new Uint8Array(width * samples + 1),
  }));
  let rowsLeft = height;

  return {
    async write(rgba) {
      const rows = rgba.length / width / 4;
      if (rows > rowsLeft) throw new Error('There are more rows than the picture has.');
      const lines = new Uint8Array(rows * (width * samples + 1));
      for (let row = 0; row < rows; row += 1) {
        for (let from = row * width * 4, to = 0; to < current.length; from += 4, to += samples) {
          for (let sample = 0; sample < samples; sample += 1) current[to + sample] = rgba[from + sample] ?? 0;
        }
        lines.set(filterLine(current, previous, samples, candidates), row * (width * samples + 1));
        [previous, current] = [current, previous];
      }
      rowsLeft -= rows;
      await new Promise<void>((resolve, reject) => {
        deflate.write(lines, (error) => (error ? reject(error) : resolve()));
      });
    },
    async end() {
      if (rowsLeft > 0) throw new Error('Rows of the picture are missing.');
      deflate.end();
      await isPacked;
      const header = new Uint8Array(13);
      viewOf(header).setUint32(0, width);
      viewOf(header).setUint32(4, height);
      // Eight bits per sample; colour type 6 has alpha, type 2 has not.
      header.set([8, hasAlpha ? 6 : 2], 8);
      return concatenate([
        latin1(pngSignature),
        writePngChunk('IHDR', header),
        ...packed,
        writePngChunk('IEND', new Uint8Array(0)),
      ]);
    },
  };
}

type Candidate = { filter: number; line: Uint8Array };

/** Returns the line with the filter that leaves the smallest numbers, as section 12.7 recommends. */
function filterLine(
  current: Uint8Array,
  previous: Uint8Array,
  samples: number,
  candidates: readonly Candidate[],
): Uint8Array {
  let [best, least] = [current, Number.POSITIVE_INFINITY];
  for (const { filter, line } of candidates) {
    line[0] = filter;
    let sum = 0;
    for (let at = 0; at < current.length; at += 1) {
      const a = at < samples ? 0 : (current[at - samples] ?? 0);
      const b = previous[at] ?? 0;
      const c = at < samples ? 0 : (previous[at - samples] ?? 0);
      const predicted = filter === left ? a : filter === above ? b : nearestOf(a, b, c);
      const rest = ((current[at] ?? 0) - predicted) & 255;
      line[at + 1] = rest;
      sum += rest < 128 ? rest : 256 - rest;
    }
    if (sum >= least) continue;
    [best, least] = [line, sum];
  }
  return best;
}

/**
 * Returns the Paeth predictor: the one of left, above and upper left that is nearest to `left + above - upperLeft`.
 * Section 9.4.
 */
function nearestOf(a: number, b: number, c: number): number {
  const toA = Math.abs(b - c);
  const toB = Math.abs(a - c);
  const toC = Math.abs(a + b - 2 * c);
  if (toA <= toB && toA <= toC) return a;
  return toB <= toC ? b : c;
}
