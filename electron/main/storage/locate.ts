// Restores a missing picture's file from one that the user has chosen.
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { broadcastMessages, type StorageContext } from './storage-context';

/**
 * Copies the file into the picture's place: first the whole file, flushed, then the rows in one transaction. After a
 * crash in between, reconciling finds the file and clears the mark. The chosen file stays where it is.
 *
 * @param chosen an absolute path. The generator checks that its content can be decoded and has the picture's size.
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
  const { isLinked = false } = image;
  const located = await generator.locate({ imageId, chosen, width, height, isLinked });
  if (!located.ok) return located;
  if (context.signal.aborted) return failure('internal');
  const { file, bytes, link } = located.value;
  store.transaction(() => {
    if (link) store.pictureRows.setLink(imageId, { ...link, bytes }, link.contentHash);
    else store.pictureRows.setLocated(imageId, file, bytes);
  });
  const found = store.userImages.find(imageId);
  if (!found) return failure('not_found');
  broadcast('gallery:changed', [found]);
  broadcastMessages(context, [imageId]);
  return success(found);
}
