// Gives a picture its file back, from where the user found it.
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { type StorageContext, tellMessages } from './storage-context';

/**
 * Has a file copied in as the picture's own: first the file, whole and flushed, then the rows, in one transaction.
 * Killed in between, reconciling finds the file and takes the mark away. The chosen file stays where it is.
 *
 * @param chosen an absolute path. The generator judges it by its content: it has to open, in the picture's size.
 */
export async function locate(
  context: StorageContext,
  imageId: string,
  chosen: string,
): Promise<Result<GalleryImage>> {
  const { store, broadcast, generator } = context;
  const image = store.userImages.find(imageId);
  if (!image) return failure('not_found');
  const { width, height } = image;
  const located = await generator.locate({ imageId, chosen, width, height });
  if (!located.ok) return located;
  if (context.signal.aborted) return failure('internal');
  const { file, bytes } = located.value;
  store.transaction(() => store.pictureRows.setLocated(imageId, file, bytes));
  const found = store.userImages.find(imageId);
  if (!found) return failure('not_found');
  broadcast('gallery:changed', [found]);
  tellMessages(context, [imageId]);
  return success(found);
}
