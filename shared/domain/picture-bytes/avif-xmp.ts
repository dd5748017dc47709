// XMP in an AVIF: a box of its own at the end, so that no offset within the file changes.
import { isoBoxes } from './iso-boxes';
import { type Chunk, concatenate, hasTextAt, latin1, viewOf } from './span';

/** https://developer.adobe.com/xmp/docs/XMPSpecifications/ (part 3, 1.1.3: ISO base media) */
const uuid = '\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac';

/** Yields the boxes with XMP packets. */
export function* avifXmp(bytes: Uint8Array): Generator<Chunk> {
  for (const box of isoBoxes(bytes)) {
    if (box.name !== 'uuid' || !hasTextAt(bytes, box.contentStart, uuid)) continue;
    yield { ...box, contentStart: box.contentStart + uuid.length };
  }
}

/** Returns the file with this packet instead of any other, or null if the file is incomplete. */
export function embedInAvif(bytes: Uint8Array, xmp: Uint8Array): Uint8Array | null {
  const boxes = [...isoBoxes(bytes)];
  const last = boxes.at(-1);
  if (!last || last.end !== bytes.length || viewOf(bytes).getUint32(last.start) === 0) return null;
  const known = [...avifXmp(bytes)];
  const isLast = known.at(-1)?.start === last.start;
  const copy = Uint8Array.from(isLast ? bytes.subarray(0, last.start) : bytes);
  // Offsets count from the beginning of the file, so an older packet among the boxes becomes free space.
  for (const { start } of isLast ? known.slice(0, -1) : known) copy.set(latin1('free'), start + 4);
  const header = new Uint8Array(8);
  viewOf(header).setUint32(0, header.length + uuid.length + xmp.length);
  header.set(latin1('uuid'), 4);
  return concatenate([copy, header, latin1(uuid), xmp]);
}
