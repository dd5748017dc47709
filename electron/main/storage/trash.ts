// Moves pictures to Trash and back. Only rows change, so both are fast.
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { broadcastMessages, maxRowsPerStep, type StorageContext } from './storage-context';

/**
 * Removes pictures from the gallery in one transaction. Their files stay until they are purged.
 *
 * @returns the ids of those that were in the gallery.
 */
export function moveManyToTrash(context: StorageContext, imageIds: readonly string[]): string[] {
  const { store, broadcast, clock } = context;
  const at = clock.deletionTime();
  const moved = store.transaction(() =>
    imageIds.filter((id) => {
      // A picture whose gallery entry was set aside has only its message.
      if (!store.userImages.find(id)) store.pictureRows.addToGallery(id);
      return store.trash.add(id, at);
    }),
  );
  if (moved.length > 0) broadcast('gallery:removed', moved);
  void broadcastMessagesInSteps(context, moved);
  return moved;
}

/** Fails if there is no such picture. A picture that is in Trash already stays there. */
export function moveToTrash(context: StorageContext, imageId: string): Result<null> {
  moveManyToTrash(context, [imageId]);
  const isInTrash = context.store.userImages.find(imageId)?.state === 'trash';
  return isInTrash ? success(null) : failure('not_found');
}

/**
 * Brings pictures back in one transaction, as they were.
 *
 * @returns the ids of those that are back. A picture whose permanent deletion has started stays deleted.
 */
export function restoreManyFromTrash(context: StorageContext, imageIds: readonly string[]): string[] {
  const { store, broadcast } = context;
  const restored = store.transaction(() => imageIds.filter((id) => store.trash.restore(id)));
  const images = restored.flatMap((id) => store.userImages.find(id) ?? []);
  if (images.length > 0) broadcast('gallery:added', images);
  void broadcastMessagesInSteps(context, restored);
  return restored;
}

/** Fails if the picture's permanent deletion has started. A picture that is in the gallery already stays there. */
export function restoreFromTrash(context: StorageContext, imageId: string): Result<GalleryImage> {
  restoreManyFromTrash(context, [imageId]);
  const image = context.store.userImages.find(imageId);
  return image ? success(image) : failure('picture_gone');
}

/** Updates the messages that show these pictures. The gallery, which sent the request, does not wait for that. */
async function broadcastMessagesInSteps(context: StorageContext, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length && !context.signal.aborted; at += maxRowsPerStep) {
    broadcastMessages(context, ids.slice(at, at + maxRowsPerStep));
    await context.pause();
  }
}
