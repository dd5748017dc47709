// Where the parts of a picture's file lie, and the reads that every container format shares.

/** Byte offsets of one part of a file. `end` and `contentEnd` are exclusive. */
export type Span = {
  /** The part with its header, its content, and the checksum or padding after it. */
  start: number;
  end: number;
  contentStart: number;
  contentEnd: number;
};

/** A part that its format names with four characters: a chunk of PNG or RIFF, or a box of ISO BMFF. */
export type Chunk = Span & { name: string };

/** Returns a view of exactly these bytes, even if they are part of a larger buffer. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Returns the four characters at `at`, which the caller knows to be within the bytes. */
export function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}

/** Returns whether the bytes from `at` are these characters, one byte each. */
export function hasTextAt(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** @param text of characters up to U+00FF. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Returns the content of a span, without its header. */
export function contentOf(bytes: Uint8Array, { contentStart, contentEnd }: Span): Uint8Array {
  return bytes.subarray(contentStart, contentEnd);
}

/** Returns a copy of the pieces, one after the other. */
export function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
