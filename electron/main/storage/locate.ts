// Gives a picture its file back, from where the person found it.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/errors';
import type { GalleryImage } from '../../../shared/ipc';
import { pictureFile } from '../../../shared/picture-files';
import { writeIn } from './copy-in';
import { readPictureHeader } from './picture-header';
import { type StorageContext, tellMessages } from './storage-context';

/** No picture that was ever made here is larger. Bytes. */
const largestFile = 256 * 1024 * 1024;

/**
 * Copies a file in as the picture's own: first the file, whole and flushed, then the rows, in one transaction.
 * Killed in between, reconciling finds the file and takes the mark away. The chosen file stays where it is.
 *
 * @param chosen an absolute path. It is judged by its content, and has to have the picture's size.
 */
export async function locate(
  context: StorageContext,
  imageId: string,
  chosen: string,
): Promise<Result<GalleryImage>> {
  const { store, dataFolder, broadcast } = context;
  const image = store.userImages.find(imageId);
  if (!image) return failure('not_found');
  const bytes = await readChosen(chosen);
  const header = bytes && readPictureHeader(bytes);
  if (!header) return failure('not_a_picture');
  if (header.size && !isSameSize(header.size, image)) return failure('another_picture');
  const file = pictureFile(imageId, header.format);
  await writeIn(path.join(dataFolder, file), bytes);
  if (context.signal.aborted) return failure('internal');
  store.transaction(() => store.pictureRows.setLocated(imageId, file, bytes.length));
  const found = store.userImages.find(imageId);
  if (!found) return failure('not_found');
  broadcast('gallery:changed', [found]);
  tellMessages(context, [imageId]);
  return success(found);
}

async function readChosen(file: string): Promise<Uint8Array | null> {
  try {
    const { size } = await stat(file);
    return size > largestFile ? null : await readFile(file);
  } catch {
    return null;
  }
}

/** A camera's way of writing a picture on its side counts as the same. */
function isSameSize(a: { width: number; height: number }, b: { width: number; height: number }): boolean {
  return (a.width === b.width && a.height === b.height) || (a.width === b.height && a.height === b.width);
}
