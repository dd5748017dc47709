// Reduces a PNG to the chunks that determine its pixels, before the codec opens it.
import { deflateSync } from 'node:zlib';
import { pngChunks, pngSignature, writePngChunk } from '../../../shared/domain/picture-bytes/png';
import { type Chunk, concatenate, contentOf } from '../../../shared/domain/picture-bytes/span';

/** Chunks that name the colours. `cICP` counts before all others: https://www.w3.org/TR/png-3/#4Concepts.ColourSpaces */
const colourChunks = ['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM'];
/** Of the chunks that a decoder may skip, those that it has to know. */
const pixelChunks = [...colourChunks, 'tRNS', 'sBIT'];

/**
 * Longer chunks are left out, of those that a decoder may skip. libpng collects a chunk in pieces of 4 KB and moves what it
 * has into new memory with each of them, so that its time grows with the square of the length: a text of 5 MB took it 17
 * seconds of the processor. No profile of a screen is as long.
 */
const maxChunkLength = 1024 * 1024;
/** So much is not worth a copy of the rest. */
const maxLeftIn = 64 * 1024;

/** Returns the code points by which a PNG names its colours: primaries, curve, and what is not read here. */
export function pngCodePoints(png: Uint8Array): Uint8Array | null {
  for (const chunk of pngChunks(png)) if (chunk.name === 'cICP') return contentOf(png, chunk);
  return null;
}

/**
 * Returns the PNG without what says nothing about its pixels, such as a prompt: see `maxChunkLength`.
 *
 * @param profile instead of whatever names its colours; null: sRGB; absent: they stay as they are named.
 */
export function preparePng(png: Uint8Array, profile?: Uint8Array | null): Uint8Array {
  const chunks = [...pngChunks(png)];
  const [header] = chunks;
  const kept = chunks.filter(
    (chunk) => isOfPixels(chunk) && (profile === undefined || !colourChunks.includes(chunk.name)),
  );
  const leftOut = lengthOf(chunks) - lengthOf(kept);
  if (!header || (profile === undefined && leftOut <= maxLeftIn) || (!profile && leftOut === 0)) return png;
  const named = profile ? [writeProfile(profile)] : [];
  const [first, ...rest] = kept.map(({ start, end }) => png.subarray(start, end));
  return concatenate([
    png.subarray(0, pngSignature.length),
    ...(first ? [first] : []),
    ...named.filter(({ length }) => length <= maxChunkLength),
    ...rest,
    // What a broken off file has of its last chunk.
    png.subarray(chunks.at(-1)?.end),
  ]);
}

function lengthOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((length, { start, end }) => length + end - start, 0);
}

/** Whether a decoder needs the chunk. A capital says that it must not skip it: https://www.w3.org/TR/png-3/#5Chunk-naming-conventions */
function isOfPixels({ name, contentStart, contentEnd }: Chunk): boolean {
  if (/^[A-Z]/.test(name)) return true;
  return contentEnd - contentStart <= maxChunkLength && pixelChunks.includes(name);
}

/** A name of one character, and no other packing than the one there is: https://www.w3.org/TR/png-3/#11iCCP */
function writeProfile(profile: Uint8Array): Uint8Array {
  return writePngChunk('iCCP', concatenate([Uint8Array.of(0x70, 0, 0), deflateSync(profile)]));
}
