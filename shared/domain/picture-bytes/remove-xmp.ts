// Undoes what embedXmp does, to recognize a picture by the content it had before.
import { formatOf } from './format-of';
import { metadataIn } from './metadata';
import { concatenate } from './span';
import { paddedWebpChunk, webpChunks, webpFlags, writeWebp } from './webp';

/** Returns every file that can have become this one by `embedXmp`. */
export function removeXmp(bytes: Uint8Array): Uint8Array[] {
  const format = formatOf(bytes);
  if (format === 'png' || format === 'jpg') return [removeParts(bytes, format)];
  return format === 'webp' ? webpForms(bytes) : [];
}

function removeParts(bytes: Uint8Array, format: 'png' | 'jpg'): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const { kind, start, end } of metadataIn(bytes, format)) {
    if (kind !== 'xmp' && kind !== 'xmp-text') continue;
    kept.push(bytes.subarray(from, start));
    from = end;
  }
  return concatenate([...kept, bytes.subarray(from)]);
}

/** With the header that the copy has, and without one when the original may have had none. */
function webpForms(bytes: Uint8Array): Uint8Array[] {
  const chunks = [...webpChunks(bytes)].filter(({ name }) => name !== 'XMP ');
  const pieces = chunks.map((chunk) => {
    const piece = paddedWebpChunk(bytes, chunk);
    const flagsAt = chunk.contentStart - chunk.start;
    const flags = piece[flagsAt];
    if (chunk.name === 'VP8X' && flags !== undefined) piece[flagsAt] = flags & ~webpFlags.hasXmp;
    return piece;
  });
  const [first, second, ...more] = chunks;
  const isSimple = first?.name === 'VP8X' && /^VP8[ L]$/.test(second?.name ?? '') && more.length === 0;
  return isSimple ? [writeWebp(pieces), writeWebp(pieces.slice(1))] : [writeWebp(pieces)];
}
