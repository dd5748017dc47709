// Determines the format of a saved copy from the file extension that the user chose.
import { access } from 'node:fs/promises';
import path from 'node:path';
import { type PictureFormat, writtenFormats } from '../../../shared/domain/picture-files';

/** The folder in the data folder for temporary copies. Each start empties it. */
export const temporaryCopies = 'copies';

const endings: Record<string, PictureFormat> = {
  png: 'png',
  jpg: 'jpg',
  jpeg: 'jpg',
  jpe: 'jpg',
  jfif: 'jpg',
  webp: 'webp',
  gif: 'gif',
  avif: 'avif',
};

/** Matches a file extension. Other dots are part of the name, as in "Mr. Fox". */
const ending = /\.([a-z0-9]{1,5})$/i;

/**
 * @param own the picture's format, used for a name without an extension. @returns the format, and the extension to
 * add to the name ('' if it has one); null for a format that cannot be written: GIF and AVIF can only be copied
 * unchanged.
 */
export function formatOfCopy(
  file: string,
  own: PictureFormat | null,
): { format: PictureFormat; ending: string } | null {
  const [, found] = ending.exec(path.basename(file)) ?? [];
  if (found === undefined) return own && { format: own, ending: `.${own}` };
  const format = endings[found.toLowerCase()];
  if (format === undefined) return null;
  const isWritten = format === own || writtenFormats.some((written) => written === format);
  return isWritten ? { format, ending: '' } : null;
}

/** Returns a path with an extension, and with a number if that file exists: the user has not agreed to replace it. */
export async function withEnding(file: string, added: string): Promise<string> {
  if (added === '') return file;
  for (let number = 1; ; number += 1) {
    const named = `${file}${number === 1 ? '' : ` ${number}`}${added}`;
    const isTaken = await access(named).then(
      () => true,
      () => false,
    );
    if (!isTaken) return named;
  }
}

const names: Record<PictureFormat, string> = {
  png: 'PNG',
  jpg: 'JPEG',
  webp: 'WebP',
  gif: 'GIF',
  avif: 'AVIF',
};

/** Returns the formats that a save dialog offers for a picture, its own first. */
export function dialogFilters(own: PictureFormat | null): { name: string; extensions: string[] }[] {
  const formats = new Set<PictureFormat>([...(own ? [own] : []), ...writtenFormats]);
  return [...formats].map((format) => ({
    name: names[format],
    extensions: format === 'jpg' ? ['jpg', 'jpeg'] : [format],
  }));
}
