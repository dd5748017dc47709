// Decodes the EXIF texts that tools use for recipes: UserComment and the plain text fields.
import type { Exif, ExifTexts } from '../../../shared/domain/picture-bytes/exif';
import { decodeUtf8OrLatin1 } from './decode-text';

/** The names as in `Exif`. */
export type DecodedExif = { readonly [Name in keyof ExifTexts]?: string };

/** Returns the plain texts as UTF-8 or, if they are not valid UTF-8, as Latin-1. Never throws. */
export function decodeExifTexts({ texts }: Exif): DecodedExif {
  return Object.fromEntries(
    Object.entries(texts).map(([name, bytes]) => [name, decodeUtf8OrLatin1(Buffer.from(bytes))]),
  );
}

/** Never throws. Returns null if there is no comment, or none that can be decoded. */
export function decodeUserComment({ userComment, isLittleEndian }: Exif): string | null {
  if (!userComment) return null;
  const comment = Buffer.from(userComment);
  // The first eight bytes name the encoding: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.6.5
  const encoding = comment.toString('latin1', 0, 8);
  const body = comment.subarray(8);
  if (encoding.startsWith('UNICODE')) return decodeUtf16(body, isLittleEndian);
  if (encoding.startsWith('ASCII') || encoding === '\0'.repeat(8)) return body.toString('utf8');
  // Fooocus, through Pillow, omits these bytes.
  return encoding.includes('\0') ? null : decodeUtf8OrLatin1(comment);
}

/**
 * Automatic1111 writes big-endian regardless of the header (piexif's `UserComment.dump`); others follow the header.
 * A recipe begins with ASCII letters, so the position of the null bytes shows the byte order.
 */
function decodeUtf16(body: Buffer, isLittleEndian: boolean): string {
  const even = body.subarray(0, body.length - (body.length % 2));
  const [first, second] = even;
  const isBig = first === 0 ? true : second === 0 ? false : !isLittleEndian;
  return isBig ? Buffer.from(even).swap16().toString('utf16le') : even.toString('utf16le');
}
