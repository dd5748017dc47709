// The boxes of an ISO base media file, walked without trusting any length: ISO/IEC 14496-12, 4.2.
import { type Chunk, nameAt, viewOf } from './span';

/** Yields the boxes between two offsets, up to the first incomplete one. */
export function* isoBoxes(bytes: Uint8Array, from = 0, to = bytes.length): Generator<Chunk> {
  const view = viewOf(bytes);
  for (let start = from; start + 8 <= to; ) {
    const size32 = view.getUint32(start);
    const isLarge = size32 === 1;
    if (isLarge && start + 16 > to) return;
    const headerLength = isLarge ? 16 : 8;
    // A size of 0 means that the box ends where its container does.
    const size = isLarge ? Number(view.getBigUint64(start + 8)) : size32 === 0 ? to - start : size32;
    const end = start + size;
    if (size < headerLength || end > to) return;
    yield { name: nameAt(view, start + 4), start, end, contentStart: start + headerLength, contentEnd: end };
    start = end;
  }
}
