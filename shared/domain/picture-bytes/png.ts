// PNG: walks its chunks without trusting any length, and reads what they say. https://www.w3.org/TR/png-3/
import { type ContainerFacts, largestOf, type Size } from './facts';
import { type Chunk, concatenate, latin1, nameAt, viewOf } from './span';

export const pngSignature = '\x89PNG\r\n\x1a\n';

/** Yields the chunks up to the first incomplete one: https://www.w3.org/TR/png-3/#5Chunk-layout */
export function* pngChunks(bytes: Uint8Array): Generator<Chunk> {
  const view = viewOf(bytes);
  for (let start = pngSignature.length; start + 12 <= view.byteLength; ) {
    const contentStart = start + 8;
    const contentEnd = contentStart + view.getUint32(start);
    const end = contentEnd + 4;
    if (end > view.byteLength) return;
    yield { name: nameAt(view, start + 4), start, end, contentStart, contentEnd };
    start = end;
  }
}

/** Reads the facts from the bytes of a PNG. Never throws. */
export function inspectPng(bytes: Uint8Array): ContainerFacts {
  const names = new Set<string>();
  const sizes: Size[] = [];
  for (const chunk of pngChunks(bytes)) {
    // https://www.w3.org/TR/png-3/#11IHDR
    if (names.size === 0) sizes.push(...headerSize(bytes, chunk));
    names.add(chunk.name);
  }
  return {
    size: largestOf(sizes),
    isComplete: names.has('IEND'),
    // https://spec.c2pa.org/specifications/specifications/2.1/specs/C2PA_Specification.html#_embedding_manifests_into_png
    hasContentCredentials: names.has('caBX'),
    isAnimated: names.has('acTL'),
    hasColourProfile: names.has('iCCP') || names.has('cICP'),
  };
}

function headerSize(bytes: Uint8Array, { name, contentStart, contentEnd }: Chunk): Size[] {
  if (name !== 'IHDR' || contentEnd - contentStart < 8) return [];
  const view = viewOf(bytes);
  return [{ width: view.getUint32(contentStart), height: view.getUint32(contentStart + 4) }];
}

/** @param checksum Node's `crc32` is a hundred times faster, but not available in the renderer. */
export function writePngChunk(name: string, content: Uint8Array, checksum = crc32): Uint8Array {
  const body = concatenate([latin1(name), content]);
  return concatenate([bigEndian32(content.length), body, bigEndian32(checksum(body))]);
}

function bigEndian32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value);
  return bytes;
}

/** The checksum of each single byte: https://www.w3.org/TR/png-3/#D-CRCAppendix */
const crcOfByte = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let index = 0; index < bytes.length; index += 1) {
    crc = (crc >>> 8) ^ (crcOfByte[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
  }
  return ~crc >>> 0;
}
