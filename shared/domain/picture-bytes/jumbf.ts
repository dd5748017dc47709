// JUMBF: the boxes in which C2PA keeps its manifests, walked without trusting any length. ISO/IEC 19566-5, annex A.
import { isoBoxes } from './iso-boxes';
import { type Chunk, contentOf } from './span';

/** A content box, by the label of the superbox that it is in. */
export type JumbfBox = { label: string; bytes: Uint8Array };

/** More levels than a manifest store has. */
const maxDepth = 8;
const maxLabelLength = 200;

/** Yields the CBOR and JSON boxes with their superboxes' labels, in the order of the file. */
export function* jumbfBoxes(
  bytes: Uint8Array,
  { contentStart, contentEnd } = { contentStart: 0, contentEnd: bytes.length },
  label = '',
  depth = 0,
): Generator<JumbfBox> {
  if (depth > maxDepth) return;
  let current = label;
  for (const box of isoBoxes(bytes, contentStart, contentEnd)) {
    if (box.name === 'jumd') current = labelIn(bytes, box);
    if (box.name === 'jumb') yield* jumbfBoxes(bytes, box, '', depth + 1);
    if (box.name === 'cbor' || box.name === 'json') yield { label: current, bytes: contentOf(bytes, box) };
  }
}

/** A description box has a type of 16 bytes, a byte of toggles, and a label that ends with a null byte. */
function labelIn(bytes: Uint8Array, { contentStart, contentEnd }: Chunk): string {
  const start = contentStart + 17;
  const end = bytes.subarray(start, Math.min(contentEnd, start + maxLabelLength)).indexOf(0);
  return end < 0 ? '' : String.fromCharCode(...bytes.subarray(start, start + end));
}
