// GIF: walks its blocks without trusting any length, and reads what they say. https://www.w3.org/Graphics/GIF/spec-gif89a.txt
import { type ContainerFacts, largestOf, type Size } from './facts';
import { concatenate, hasTextAt, type Span, viewOf } from './span';

/** The bytes that introduce a block. */
const introducers = { image: 0x2c, extension: 0x21, trailer: 0x3b } as const;
/** Follows the introducer of an extension that holds a comment. */
export const gifCommentLabel = 0xfe;
const headerLength = 13;

export type GifBlock = Span & { kind: 'image' | 'extension' | 'trailer' };

/** Yields the blocks up to the trailer, or up to the first incomplete one. */
export function* gifBlocks(bytes: Uint8Array): Generator<GifBlock> {
  let start = headerLength + colourTableLength(bytes[10]);
  while (start < bytes.length) {
    const contentStart = start + 1;
    if (bytes[start] === introducers.trailer) {
      yield { kind: 'trailer', start, end: contentStart, contentStart, contentEnd: contentStart };
      return;
    }
    const isImage = bytes[start] === introducers.image;
    if (!isImage && bytes[start] !== introducers.extension) return;
    const data = isImage ? contentStart + 10 + colourTableLength(bytes[contentStart + 8]) : contentStart + 1;
    const end = endOfSubBlocks(bytes, data);
    if (end === null) return;
    yield { kind: isImage ? 'image' : 'extension', start, end, contentStart, contentEnd: end };
    start = end;
  }
}

/** @param packed the field that announces a colour table. @returns the length of that table in bytes. */
function colourTableLength(packed = 0): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
}

function endOfSubBlocks(bytes: Uint8Array, from: number): number | null {
  for (let at = from; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    if (length === 0) return at + 1;
    at += 1 + length;
  }
  return null;
}

/** Returns the contents of sub-blocks, up to the first incomplete one. */
export function joinSubBlocks(blocks: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < blocks.length; ) {
    const length = blocks[at] ?? 0;
    if (length === 0 || at + 1 + length > blocks.length) break;
    pieces.push(blocks.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return concatenate(pieces);
}

/** Reads the facts from the bytes of a GIF. Never throws. */
export function inspectGif(bytes: Uint8Array): ContainerFacts {
  const view = viewOf(bytes);
  const sizes: Size[] = [];
  if (bytes.length >= headerLength) {
    sizes.push({ width: view.getUint16(6, true), height: view.getUint16(8, true) });
  }
  let frames = 0;
  let isComplete = false;
  let hasContentCredentials = false;
  for (const { kind, contentStart } of gifBlocks(bytes)) {
    if (kind === 'trailer') isComplete = true;
    // https://spec.c2pa.org/specifications/specifications/2.1/specs/C2PA_Specification.html#_embedding_manifests_into_gif
    if (kind === 'extension' && hasTextAt(bytes, contentStart, '\xff\x0bC2PA_GIF'))
      hasContentCredentials = true;
    if (kind !== 'image') continue;
    frames += 1;
    // A frame may reach beyond the canvas.
    const field = (index: number) => view.getUint16(contentStart + 2 * index, true);
    sizes.push({ width: field(0) + field(2), height: field(1) + field(3) });
  }
  return {
    size: largestOf(sizes),
    isComplete,
    hasContentCredentials,
    isAnimated: frames > 1,
    hasColourProfile: false,
  };
}
