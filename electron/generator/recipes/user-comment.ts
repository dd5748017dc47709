// Decodes EXIF's UserComment, which Automatic1111 and others use for a recipe.
import { readExif } from '../../../shared/domain/picture-bytes/exif';

/**
 * Never throws.
 *
 * @param data of an EXIF record, from the TIFF header on.
 * @returns null when there is no comment that can be decoded.
 */
export function readUserComment(data: Uint8Array): string | null {
  const exif = readExif(data);
  if (!exif?.userComment) return null;
  const comment = Buffer.from(exif.userComment);
  // Eight bytes say how it is encoded: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.6.5
  const encoding = comment.toString('latin1', 0, 8);
  const body = comment.subarray(8);
  if (encoding.startsWith('UNICODE')) return decodeUtf16(body, exif.isLittleEndian);
  if (encoding.startsWith('ASCII') || encoding === '\0'.repeat(8)) return body.toString('utf8');
  return null;
}

/**
 * Automatic1111 writes big-endian whatever the header says (piexif's `UserComment.dump`), others follow the header.
 * A recipe begins with ASCII letters, and the position of their null bytes tells which it is.
 */
function decodeUtf16(body: Buffer, isLittleEndian: boolean): string {
  const even = body.subarray(0, body.length - (body.length % 2));
  const [first, second] = even;
  const isBig = first === 0 ? true : second === 0 ? false : !isLittleEndian;
  return isBig ? Buffer.from(even).swap16().toString('utf16le') : even.toString('utf16le');
}
