// How each picture format divides its bytes into parts: walked without trusting any length in them.

/** One part: `start` and `end` are where its content lies. */
export type Part = { name: string; start: number; end: number };

/** A PNG's chunks, as far as they are whole: https://www.w3.org/TR/png/#5Chunk-layout */
export function* pngChunks(view: DataView): Generator<Part> {
  for (let at = 8; at + 12 <= view.byteLength; ) {
    const start = at + 8;
    const end = start + view.getUint32(at);
    if (end + 4 > view.byteLength) return;
    yield { name: nameAt(view, at + 4), start, end };
    at = end + 4;
  }
}

/** A WebP's chunks, as far as they are whole: https://developers.google.com/speed/webp/docs/riff_container */
export function* riffChunks(view: DataView): Generator<Part> {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const start = at + 8;
    const size = view.getUint32(at + 4, true);
    const end = start + size;
    if (end > view.byteLength) return;
    yield { name: nameAt(view, at), start, end };
    at = end + (size % 2);
  }
}

/** The boxes between two places of an AVIF, as far as they are whole: ISO/IEC 14496-12, 4.2. */
export function* isoBoxes(view: DataView, from = 0, to = view.byteLength): Generator<Part> {
  for (let at = from; at + 8 <= to; ) {
    const small = view.getUint32(at);
    if (small === 1 && at + 16 > to) return;
    const header = small === 1 ? 16 : 8;
    // A size of 0 means: to the end.
    const size = small === 1 ? Number(view.getBigUint64(at + 8)) : small === 0 ? to - at : small;
    if (size < header || at + size > to) return;
    yield { name: nameAt(view, at + 4), start: at + header, end: at + size };
    at += size;
  }
}

/** A JPEG's segment: its marker's second byte, and where its content lies. */
export type Segment = { marker: number; start: number; end: number };

/**
 * A JPEG's segments up to its end (0xD9), past the scans' data: https://www.w3.org/Graphics/JPEG/itu-t81.pdf
 * A preview within a segment is that segment's content and not walked into.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<Segment> {
  for (let at = 2; at >= 2 && at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) {
      yield { marker, start: at + 2, end: at + 2 };
      return;
    }
    const length = (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return;
    yield { marker, start: at + 4, end };
    at = nextMarker(bytes, end);
  }
}

/** @returns where the next marker is, past data in which 0xFF stands for itself or a restart; -1 where there is none. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    const isData = code === undefined || code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7);
    if (!isData) return at;
  }
  return -1;
}

/** A GIF's block: an image's descriptor, an extension by its label, or the trailer, which is the end. */
export type GifBlock = { kind: 'image' | 'extension' | 'trailer'; start: number };

/** A GIF's blocks, as far as they are whole: https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
export function* gifBlocks(bytes: Uint8Array): Generator<GifBlock> {
  let at = 13 + colourTable(bytes[10]);
  while (at < bytes.length) {
    const start = at + 1;
    if (bytes[at] === 0x3b) {
      yield { kind: 'trailer', start };
      return;
    }
    const isImage = bytes[at] === 0x2c;
    if (!isImage && bytes[at] !== 0x21) return;
    const data = isImage ? start + 10 + colourTable(bytes[start + 8]) : start + 1;
    const end = pastSubBlocks(bytes, data);
    if (end === null) return;
    yield { kind: isImage ? 'image' : 'extension', start };
    at = end;
  }
}

/** @returns the bytes of the colour table that a GIF's packed field announces. */
function colourTable(packed = 0): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
}

function pastSubBlocks(bytes: Uint8Array, from: number): number | null {
  for (let at = from; at < bytes.length; ) {
    const size = bytes[at] ?? 0;
    if (size === 0) return at + 1;
    at += 1 + size;
  }
  return null;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}
