// The format of a picture's fingerprint, and the comparison of two. electron/generator/codec/fingerprint.ts computes it.

import { z } from 'zod';

/** The version of the algorithm and of the rules for stacks. After a change, all fingerprints are computed again. */
export const fingerprintVersion = 2;

/** Frequencies along each side of the coarse and of the fine hash. */
const coarseSide = 8;
export const fineSide = 16;
/** Cells along each side of the two grids of colours. */
export const colourSide = 3;
export const detailSide = 6;

const coarseBytes = coarseSide ** 2 / 8;
const fineBytes = (fineSide ** 2 - coarseSide ** 2) / 8;

/**
 * The parts, as offsets in bytes. Hash: the signs of `frequencies`, one bit each, the coarse ones first. Colours and detail:
 * L, a and b of each cell, row by row, as signed bytes.
 */
export const hashEnd = coarseBytes + fineBytes;
export const coloursEnd = hashEnd + colourSide ** 2 * 3;
export const fingerprintBytes = coloursEnd + detailSide ** 2 * 3;

export const fingerprintSchema = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length === fingerprintBytes,
);

type Frequency = { across: number; down: number };

/** In the order of their bits. The first one, the mean, is always 0. */
export const frequencies: readonly Frequency[] = [
  ...square(coarseSide),
  ...square(fineSide).filter(({ across, down }) => across >= coarseSide || down >= coarseSide),
];

function square(side: number): Frequency[] {
  return Array.from({ length: side * side }, (_, at) => ({ across: at % side, down: Math.floor(at / side) }));
}

const wordsOfHash = hashEnd / 4;
const wordsOfCoarse = coarseBytes / 4;

/** The parts of a fingerprint that searches compare: its hash as 32-bit words, and its colours. */
export type ComparedParts = { hash: Uint32Array; colours: Int8Array };

/** Returns the parts that are compared. */
export function comparedParts(fingerprint: Uint8Array): ComparedParts {
  // A copy, whose words are aligned.
  const bytes = Uint8Array.from(fingerprint.subarray(0, coloursEnd));
  return {
    hash: new Uint32Array(bytes.buffer, 0, wordsOfHash),
    colours: new Int8Array(bytes.buffer, hashEnd),
  };
}

/** Returns all eight combinations of turning and mirroring, the unchanged one first. */
export function orientationsOf(parts: ComparedParts): ComparedParts[] {
  const all: ComparedParts[] = [];
  for (const isTransposed of [false, true])
    for (const isFlipped of [false, true])
      for (const isMirrored of [false, true])
        all.push(oriented(parts, { isTransposed, isFlipped, isMirrored }));
  return all;
}

type Orientation = { isTransposed: boolean; isFlipped: boolean; isMirrored: boolean };

/** A mirrored picture has the other sign at every odd frequency, and a transposed one has its frequencies exchanged. */
function oriented(
  { hash, colours }: ComparedParts,
  { isTransposed, isFlipped, isMirrored }: Orientation,
): ComparedParts {
  const turned = { hash: new Uint32Array(hash.length), colours: new Int8Array(colours.length) };
  for (const [bit, { across, down }] of frequencies.entries()) {
    if (bit === 0) continue;
    const from = isTransposed ? bitOf(down, across) : bit;
    const isOther = (isMirrored && across % 2 === 1) !== (isFlipped && down % 2 === 1);
    const value = ((word(hash, from >> 5) >>> (from & 31)) & 1) ^ Number(isOther);
    turned.hash[bit >> 5] = word(turned.hash, bit >> 5) | (value << (bit & 31));
  }
  for (let row = 0; row < colourSide; row += 1) {
    for (let column = 0; column < colourSide; column += 1) {
      const [y, x] = [isFlipped ? colourSide - 1 - row : row, isMirrored ? colourSide - 1 - column : column];
      const from = (isTransposed ? x * colourSide + y : y * colourSide + x) * 3;
      turned.colours.set(colours.subarray(from, from + 3), (row * colourSide + column) * 3);
    }
  }
  return turned;
}

const bits = new Map(frequencies.map(({ across, down }, bit) => [down * fineSide + across, bit]));

function bitOf(across: number, down: number): number {
  return bits.get(down * fineSide + across) ?? 0;
}

function word(words: Uint32Array, at: number): number {
  return words[at] ?? 0;
}

/** Returns how many of the 64 coarse bits differ. @param at where the other hash begins, in words */
export function coarseDistance(hash: Uint32Array, others: Uint32Array, at = 0): number {
  return differing(hash, others, at, 0, wordsOfCoarse);
}

/** Returns how many of the 192 fine bits differ. @param at where the other hash begins, in words */
export function fineDistance(hash: Uint32Array, others: Uint32Array, at = 0): number {
  return differing(hash, others, at, wordsOfCoarse, wordsOfHash);
}

function differing(hash: Uint32Array, others: Uint32Array, at: number, from: number, to: number): number {
  let count = 0;
  for (let part = from; part < to; part += 1) count += bitsIn(word(hash, part) ^ word(others, at + part));
  return count;
}

/** https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel */
function bitsIn(value: number): number {
  const pairs = value - ((value >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Returns the average difference of a cell's colours: the sum of the differences of L, a and b. */
export function colourDistance(colours: Int8Array, others: Int8Array, at = 0): number {
  let sum = 0;
  for (let part = 0; part < colours.length; part += 1)
    sum += Math.abs((colours[part] ?? 0) - (others[at + part] ?? 0));
  return sum / colourSide ** 2;
}

/** Maximum differences between sizes and compressions of one picture; see docs/decisions/068. */
const maxCoarse = 8;
const maxFine = 28;
const maxDetail = 6;

/** Returns whether two pictures are the same one in another size or compression. */
export function areNearDuplicates(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [comparedParts(one), comparedParts(other)];
  return (
    coarseDistance(a.hash, b.hash) <= maxCoarse &&
    fineDistance(a.hash, b.hash) <= maxFine &&
    detailDistance(one, other) <= maxDetail
  );
}

/** Returns how many bits of two hashes differ. */
export function hashDistance(one: Uint8Array, other: Uint8Array): number {
  const [a, b] = [comparedParts(one), comparedParts(other)];
  return coarseDistance(a.hash, b.hash) + fineDistance(a.hash, b.hash);
}

/** Returns the largest difference of a cell's colours: the sum of the differences of L, a and b. */
function detailDistance(one: Uint8Array, other: Uint8Array): number {
  const [a, b] = [one, other].map(
    (bytes) => new Int8Array(bytes.buffer, bytes.byteOffset + coloursEnd, detailSide ** 2 * 3),
  );
  let largest = 0;
  for (let at = 0; at < detailSide ** 2 * 3; at += 3) {
    const difference = (part: number) => Math.abs((a?.[at + part] ?? 0) - (b?.[at + part] ?? 0));
    largest = Math.max(largest, difference(0) + difference(1) + difference(2));
  }
  return largest;
}
