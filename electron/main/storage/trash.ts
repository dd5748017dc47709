// Into Trash and out of it again: only rows change, so that either is done in a moment.
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { type StorageContext, tellMessages } from './storage-context';

/** Takes a picture out of the gallery. Its files stay until it is purged. A second time changes nothing. */
export function moveToTrash(context: StorageContext, imageId: string): Result<null> {
  const { store, broadcast, now } = context;
  const isThere = store.transaction(() => {
    // A picture whose gallery entry was set aside is known by its message alone.
    if (!store.userImages.find(imageId)) store.pictureRows.addToGallery(imageId);
    store.trash.add(imageId, now());
    return store.userImages.find(imageId)?.state === 'trash';
  });
  if (!isThere) return failure('not_found');
  broadcast('gallery:removed', [imageId]);
  tellMessages(context, [imageId]);
  return success(null);
}

/** Brings a picture back as it was. One whose removal for good has begun stays gone. */
export function restoreFromTrash(context: StorageContext, imageId: string): Result<GalleryImage> {
  const { store, broadcast } = context;
  store.transaction(() => store.trash.restore(imageId));
  const image = store.userImages.find(imageId);
  if (!image) return failure('picture_gone');
  broadcast('gallery:added', [image]);
  tellMessages(context, [imageId]);
  return success(image);
}
