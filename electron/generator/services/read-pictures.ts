// Reads the reference pictures of a request in formats that every service accepts.
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import { pictureFormats } from '../../../shared/domain/picture-files';
import type { PictureReference } from '../../../shared/generator/jobs';
import { sentence } from '../../../shared/languages/sentence';
import { failed } from './failures';
import type { PictureContext, ServiceFailure } from './service';

export type ReadPicture = { bytes: Uint8Array; format: 'png' | 'jpg' | 'webp'; mimeType: string };

/** Reads pictures in the form in which they are sent. Fails before anything is sent if one of them cannot be sent. */
export async function readPictures(
  references: readonly PictureReference[],
  { readReference }: Pick<PictureContext, 'readReference'>,
): Promise<{ ok: true; pictures: ReadPicture[] } | ServiceFailure> {
  const pictures: ReadPicture[] = [];
  for (const reference of references) {
    const bytes = await readReference(reference);
    if (bytes === null) return failed('file_missing', null);
    const format = formatOf(bytes);
    if (format !== 'png' && format !== 'jpg' && format !== 'webp') {
      return failed('request_rejected', null, sentence('services.formats'));
    }
    pictures.push({ bytes, format, mimeType: pictureFormats[format] });
  }
  return { ok: true, pictures };
}

export function dataUrlOf({ bytes, mimeType }: ReadPicture): string {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return `data:${mimeType};base64,${data}`;
}
