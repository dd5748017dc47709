// Reduces a PNG to the chunks that determine its pixels, before the codec opens it.
import { deflateSync } from 'node:zlib';
import { pngChunks, pngSignature, writePngChunk } from '../../../shared/domain/picture-bytes/png';
import { type Chunk, concatenate, contentOf } from '../../../shared/domain/picture-bytes/span';

/**
 * Chunks that specify the colour space. `cICP` takes precedence:
 * https://www.w3.org/TR/png-3/#4Concepts.ColourSpaces
 */
const colourChunks = ['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM'];
/** Ancillary chunks that affect the pixels. */
const pixelChunks = [...colourChunks, 'tRNS', 'sBIT'];

/**
 * Longer ancillary chunks are left out. libpng reads a chunk in pieces of 4 KB and reallocates with each of them,
 * so its time grows with the square of the length: a text of 5 MB took 17 seconds of processor time. No display
 * profile is as long.
 */
const maxChunkLength = 1024 * 1024;
/** Less than this is not worth a copy of the rest. */
const maxLeftIn = 64 * 1024;

/**
 * Returns the `cICP` code points of a PNG: primaries, transfer curve, and others that are not used here; null if it
 * has none.
 */
export function pngCodePoints(png: Uint8Array): Uint8Array | null {
  for (const chunk of pngChunks(png)) if (chunk.name === 'cICP') return contentOf(png, chunk);
  return null;
}

/**
 * Returns the PNG without chunks that do not affect its pixels, such as a prompt: see `maxChunkLength`.
 *
 * @param profile replaces the picture's colour space; null: sRGB; absent: the colour space stays.
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
    // The available part of a truncated last chunk.
    png.subarray(chunks.at(-1)?.end),
  ]);
}

function lengthOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((length, { start, end }) => length + end - start, 0);
}

/**
 * Returns whether a decoder needs the chunk. A capital first letter marks a critical chunk:
 * https://www.w3.org/TR/png-3/#5Chunk-naming-conventions
 */
function isOfPixels({ name, contentStart, contentEnd }: Chunk): boolean {
  if (/^[A-Z]/.test(name)) return true;
  return contentEnd - contentStart <= maxChunkLength && pixelChunks.includes(name);
}

/** A name of one character, and the only compression method: https://www.w3.org/TR/png-3/#11iCCP */
function writeProfile(profile: Uint8Array): Uint8Array {
  return writePngChunk('iCCP', concatenate([Uint8Array.of(0x70, 0, 0), deflateSync(profile)]));
}
