// Puts a picture on the clipboard: the codec writes it as a PNG, because Electron reads neither WebP nor AVIF.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { findOriginal } from '../../files/find-original';
import type { StorageContext } from './storage-context';

/** A larger picture would noticeably block the main process while the system copies it. */
export const maxCopiedPixels = 40_000_000;

/** In the data folder. A copy that a crash left behind is overwritten by the next one. */
const temporaryName = 'clipboard.png';

type CopyContext = Pick<StorageContext, 'dataFolder'> & {
  store: { userImages: Pick<StorageContext['store']['userImages'], 'find' | 'place'> };
  generator: Pick<StorageContext['generator'], 'writePng'>;
};

/**
 * Returns a function that copies the pictures one after the other, since they share the temporary file.
 *
 * @param putOnClipboard takes the absolute path of a PNG and returns whether the clipboard has it.
 */
export function createPictureCopier(
  { store, dataFolder, generator }: CopyContext,
  putOnClipboard: (png: string) => Promise<boolean>,
): (imageId: string) => Promise<Result<null>> {
  let last: Promise<unknown> = Promise.resolve();

  async function copy(imageId: string): Promise<Result<null>> {
    const image = store.userImages.find(imageId);
    const place = store.userImages.place(imageId);
    if (!image || !place) return failure('not_found');
    if (image.width * image.height > maxCopiedPixels) return failure('copy_too_large');
    if (image.state === 'missing') return failure('file_missing');
    const original = await findOriginal(dataFolder, place);
    if (original === null) return failure('linked_file_gone');
    const png = path.join(dataFolder, temporaryName);
    try {
      const written = await generator.writePng(original, png);
      if (!written.ok) return written;
      return (await putOnClipboard(png)) ? success(null) : failure('picture_not_copied');
    } finally {
      await rm(png, { force: true });
    }
  }

  return (imageId) => {
    const copying = last.then(() => copy(imageId));
    last = copying.catch(() => {});
    return copying;
  };
}
