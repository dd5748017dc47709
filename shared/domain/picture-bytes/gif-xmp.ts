// XMP in a GIF: an application extension without sub-blocks. https://developer.adobe.com/xmp/docs/XMPSpecifications/ (part 3, 1.1.2)
import { gifBlocks } from './gif';
import { concatenate, hasTextAt, latin1, type Span } from './span';

const header = '\x21\xff\x0bXMP DataXMP';
/** From any byte of the packet, a reader that expects sub-blocks gets to the end of this: 1, 255 down to 0, and 0. */
const trailer = Uint8Array.from({ length: 258 }, (_, at) => (at === 0 ? 1 : Math.max(0, 256 - at)));

/** Yields the XMP packets. */
export function* gifXmp(bytes: Uint8Array): Generator<Span> {
  for (const { kind, start, end } of gifBlocks(bytes)) {
    if (kind !== 'extension' || !hasTextAt(bytes, start, header)) continue;
    const [contentStart, contentEnd] = [start + header.length, end - trailer.length];
    if (contentEnd > contentStart) yield { start, end, contentStart, contentEnd };
  }
}

/** Returns the file with this packet instead of any other, or null if the file is incomplete. */
export function embedInGif(bytes: Uint8Array, xmp: Uint8Array): Uint8Array | null {
  const end = [...gifBlocks(bytes)].find(({ kind }) => kind === 'trailer');
  // A zero would end the sub-blocks early.
  if (!end || xmp.includes(0)) return null;
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const { start, end: next } of gifXmp(bytes)) {
    pieces.push(bytes.subarray(from, start));
    from = next;
  }
  const copy = concatenate([
    ...pieces,
    bytes.subarray(from, end.start),
    latin1(header),
    xmp,
    trailer,
    bytes.subarray(end.start),
  ]);
  // Extensions came with the second version of the format.
  copy.set(latin1('89a'), 3);
  return copy;
}
