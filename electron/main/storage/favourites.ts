// Marks pictures as favourites.
import type { StorageContext } from './storage-context';

/**
 * @param outbox drained first, because the gallery may not have a new picture yet.
 * @returns the ids of the pictures that changed.
 */
export function setFavourite(
  { store, broadcast }: Pick<StorageContext, 'store' | 'broadcast'>,
  outbox: { drainAll: () => void },
  imageIds: readonly string[],
  favourite: boolean,
): string[] {
  outbox.drainAll();
  const changed = store.transaction(() =>
    imageIds.filter((id) => store.userImages.setFavourite(id, favourite)),
  );
  const images = changed.flatMap((id) => store.userImages.find(id) ?? []);
  if (changed.length > 0) broadcast('gallery:changed', images);
  return changed;
}
