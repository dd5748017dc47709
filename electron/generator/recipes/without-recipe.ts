// A saved copy of one of our pictures as it was before its recipe was put in, so that the picture is known again.
import { jpegSegments, pngChunks, riffChunks, viewOf } from '../../../shared/domain/picture-containers';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { readXmp } from '../../../shared/domain/xmp';
import { readTexts } from './picture-texts';

/** In a VP8X chunk: https://developers.google.com/speed/webp/docs/riff_container#extended_file_format */
const hasXmp = 0x04;
const riffHeader = 12;

/**
 * Undoes what `embedXmp` does (main/export/embed-xmp.ts).
 *
 * @returns every file that the copy can have been made from; none where it carries no recipe of ours.
 */
export function withoutRecipe(bytes: Uint8Array, format: PictureFormat): Uint8Array[] {
  const { xmp } = readTexts(bytes, format);
  if (xmp === null || !readXmp(xmp)) return [];
  if (format === 'png') return [withoutParts(bytes, pngXmp(bytes))];
  if (format === 'jpg') return [withoutParts(bytes, jpegXmp(bytes))];
  return format === 'webp' ? webpForms(bytes) : [];
}

/** Where a part begins and ends, its length and name included. */
type Place = { from: number; to: number };

function withoutParts(bytes: Uint8Array, places: readonly Place[]): Uint8Array {
  const edges = [0, ...places.flatMap(({ from, to }) => [from, to]), bytes.length];
  const kept: Uint8Array[] = [];
  for (let at = 0; at < edges.length; at += 2) kept.push(bytes.subarray(edges[at], edges[at + 1]));
  return Buffer.concat(kept);
}

function pngXmp(bytes: Uint8Array): Place[] {
  const keyword = Buffer.from('XML:com.adobe.xmp\0', 'latin1');
  return [...pngChunks(viewOf(bytes))]
    .filter(({ name, start }) => name === 'iTXt' && beginsWith(bytes, start, keyword))
    .map(({ start, end }) => ({ from: start - 8, to: end + 4 }));
}

function jpegXmp(bytes: Uint8Array): Place[] {
  const header = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
  return [...jpegSegments(bytes)]
    .filter(({ marker, start }) => marker === 0xe1 && beginsWith(bytes, start, header))
    .map(({ start, end }) => ({ from: start - 4, to: end }));
}

/** With the header that the copy has, and without one where the picture may have had none. */
function webpForms(bytes: Uint8Array): Uint8Array[] {
  const chunks = [...riffChunks(viewOf(bytes))].filter(({ name }) => name !== 'XMP ');
  const pieces = chunks.map(({ name, start, end }) => {
    const piece = Buffer.from(bytes.subarray(start - 8, end + ((end - start) % 2)));
    if (name === 'VP8X') piece.writeUInt8(piece.readUInt8(8) & ~hasXmp, 8);
    return piece;
  });
  const extended = webpOf(pieces);
  const [first, second, ...more] = chunks;
  const isSimple = first?.name === 'VP8X' && /^VP8[ L]$/.test(second?.name ?? '') && more.length === 0;
  return isSimple ? [extended, webpOf(pieces.slice(1))] : [extended];
}

function webpOf(pieces: readonly Uint8Array[]): Uint8Array {
  const file = Buffer.concat([Buffer.alloc(riffHeader), ...pieces]);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WEBP', 8, 'latin1');
  return file;
}

function beginsWith(bytes: Uint8Array, at: number, head: Buffer): boolean {
  return head.equals(bytes.subarray(at, at + head.length));
}
