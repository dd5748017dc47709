// WebP: walks its RIFF chunks without trusting any length, and reads what they say. RFC 9649 and
// https://developers.google.com/speed/webp/docs/riff_container
import { type ContainerFacts, largestOf, type Size } from './facts';
import { type Chunk, concatenate, latin1, nameAt, viewOf } from './span';

const riffHeaderLength = 12;
/** Flags in the first byte of VP8X. */
export const webpFlags = { hasXmp: 0x04, hasExif: 0x08, hasAlpha: 0x10 } as const;

/** Yields the chunks up to the first incomplete one, including those after the end that the header declares. */
export function* webpChunks(bytes: Uint8Array): Generator<Chunk> {
  const view = viewOf(bytes);
  for (let start = riffHeaderLength; start + 8 <= view.byteLength; ) {
    const contentStart = start + 8;
    const length = view.getUint32(start + 4, true);
    const contentEnd = contentStart + length;
    if (contentEnd > view.byteLength) return;
    // The byte of padding may be missing at the end of the file.
    const end = Math.min(contentEnd + (length % 2), view.byteLength);
    yield { name: nameAt(view, start), start, end, contentStart, contentEnd };
    start = end;
  }
}

/** Returns the length of the file that its header declares, in bytes, or null when there is no complete header. */
export function declaredWebpLength(bytes: Uint8Array): number | null {
  return bytes.length < riffHeaderLength ? null : 8 + viewOf(bytes).getUint32(4, true);
}

/** Reads the facts from the bytes of a WebP. Never throws. */
export function inspectWebp(bytes: Uint8Array): ContainerFacts {
  const names = new Set<string>();
  const sizes: Size[] = [];
  for (const chunk of webpChunks(bytes)) {
    names.add(chunk.name);
    const size = webpSize(bytes, chunk);
    if (size) sizes.push(size);
  }
  const length = declaredWebpLength(bytes);
  return {
    size: largestOf(sizes),
    isComplete: length !== null && length <= bytes.length,
    // https://spec.c2pa.org/specifications/specifications/2.1/specs/C2PA_Specification.html#_embedding_manifests_into_riff_based_assets
    hasContentCredentials: names.has('C2PA'),
    isAnimated: names.has('ANIM'),
    hasColourProfile: names.has('ICCP'),
  };
}

/** Returns the size that a chunk declares, or null when it is of a kind that declares none, or too short. */
export function webpSize(bytes: Uint8Array, { name, contentStart, contentEnd }: Chunk): Size | null {
  const view = viewOf(bytes);
  const length = contentEnd - contentStart;
  // The canvas, then a frame of an animation: their sizes are stored less one.
  if (name === 'VP8X' && length >= 10) return sizeAt(view, contentStart + 4);
  if (name === 'ANMF' && length >= 12) return sizeAt(view, contentStart + 6);
  // Lossy, a VP8 key frame: https://datatracker.ietf.org/doc/html/rfc6386#section-9.1
  if (name === 'VP8 ' && length >= 10) {
    const side = (at: number) => view.getUint16(at, true) & 0x3fff;
    return { width: side(contentStart + 6), height: side(contentStart + 8) };
  }
  // Lossless: https://developers.google.com/speed/webp/docs/webp_lossless_bitstream_specification#3_riff_header
  if (name === 'VP8L' && length >= 5) {
    const packed = view.getUint32(contentStart + 1, true);
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
  }
  return null;
}

/** Returns whether a lossless chunk of at least five bytes declares transparency. */
export function hasLosslessAlpha(bytes: Uint8Array, { name, contentStart }: Chunk): boolean {
  return name === 'VP8L' && ((viewOf(bytes).getUint32(contentStart + 1, true) >>> 28) & 1) === 1;
}

function sizeAt(view: DataView, at: number): Size {
  return { width: 1 + uint24(view, at), height: 1 + uint24(view, at + 3) };
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_00_00;
}

/** Returns a chunk with its header, padded to an even length. */
export function writeWebpChunk(name: string, content: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  viewOf(length).setUint32(0, content.length, true);
  return concatenate([latin1(name), length, content, new Uint8Array(content.length % 2)]);
}

/** @param chunks with their headers and padding. */
export function writeWebp(chunks: readonly Uint8Array[]): Uint8Array {
  return writeWebpChunk('RIFF', concatenate([latin1('WEBP'), ...chunks]));
}

/** Returns a chunk with its header and padding, which may be missing in the file. */
export function paddedWebpChunk(
  bytes: Uint8Array,
  { start, end, contentStart, contentEnd }: Chunk,
): Uint8Array {
  const missing = (contentEnd - contentStart) % 2 === 1 && end === contentEnd ? 1 : 0;
  return concatenate([bytes.subarray(start, end), new Uint8Array(missing)]);
}
