// Decodes the texts of EXIF that tools use for recipes: UserComment and the plain ones.
import type { Exif, ExifTexts } from '../../../shared/domain/picture-bytes/exif';
import { decodeUtf8OrLatin1 } from './decode-text';

/** The names as in `Exif`. */
export type DecodedExif = { readonly [Name in keyof ExifTexts]?: string };

/** Returns the plain texts in UTF-8 or, where they are not valid as that, in Latin-1. Never throws. */
export function decodeExifTexts({ texts }: Exif): DecodedExif {
  return Object.fromEntries(
    Object.entries(texts).map(([name, bytes]) => [name, decodeUtf8OrLatin1(Buffer.from(bytes))]),
  );
}

/** Never throws. Returns null when there is no comment that can be decoded. */
export function decodeUserComment({ userComment, isLittleEndian }: Exif): string | null {
  if (!userComment) return null;
  const comment = Buffer.from(userComment);
  // Eight bytes say how it is encoded: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.6.5
  const encoding = comment.toString('latin1', 0, 8);
  const body = comment.subarray(8);
  if (encoding.startsWith('UNICODE')) return decodeUtf16(body, isLittleEndian);
  if (encoding.startsWith('ASCII') || encoding === '\0'.repeat(8)) return body.toString('utf8');
  // Fooocus, by way of Pillow, writes the text alone.
  return encoding.includes('\0') ? null : decodeUtf8OrLatin1(comment);
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
