// Undoes what embedXmp does, to recognize a picture by the content it had before.
import type { PictureFormat } from '../picture-files';
import { avifXmp } from './avif-xmp';
import { formatOf } from './format-of';
import { metadataIn } from './metadata';
import { concatenate, latin1, type Span } from './span';
import { paddedWebpChunk, webpChunks, webpFlags, writeWebp } from './webp';

/** Returns every file from which `embedXmp` can have made this one. */
export function removeXmp(bytes: Uint8Array): Uint8Array[] {
  const format = formatOf(bytes);
  if (format === 'png' || format === 'jpg') return [removeParts(bytes, xmpIn(bytes, format))];
  if (format === 'webp') return webpForms(bytes);
  if (format === 'gif') return gifForms(bytes);
  // Other packets of an AVIF belong to its items, which stay.
  return format === 'avif' ? [removeParts(bytes, avifXmp(bytes))] : [];
}

function xmpIn(bytes: Uint8Array, format: PictureFormat): Span[] {
  return [...metadataIn(bytes, format)].filter(({ kind }) => kind === 'xmp' || kind === 'xmp-text');
}

function removeParts(bytes: Uint8Array, parts: Iterable<Span>): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const { start, end } of parts) {
    kept.push(bytes.subarray(from, start));
    from = end;
  }
  return concatenate([...kept, bytes.subarray(from)]);
}

/** Returns both versions of the format, because `embedXmp` turns the first one into the second. */
function gifForms(bytes: Uint8Array): Uint8Array[] {
  const plain = removeParts(bytes, xmpIn(bytes, 'gif'));
  const older = Uint8Array.from(plain);
  older.set(latin1('87a'), 3);
  return [plain, older];
}

/** Returns the file with the copy's header, and without one if the original may have had none. */
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
