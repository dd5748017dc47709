// Favourites, collections and the counts of the filters: this part of the contract, implemented.
import type { CollectionRequest } from '../../../shared/collections';
import { failure, success } from '../../../shared/errors';
import { newId } from '../chat/chat-context';
import type { Handlers } from '../ipc';
import type { StorageContext } from '../storage/storage-context';

/** How long a deleted collection can come back, in milliseconds. */
const forgetAfter = 24 * 60 * 60 * 1000;

export function createCollectionHandlers(
  context: Pick<StorageContext, 'store' | 'broadcast' | 'now'>,
): Pick<Handlers, CollectionRequest> {
  const { store, broadcast, now } = context;

  function answer(id: string) {
    const collection = store.collections.find(id);
    return collection ? success(collection) : failure('not_found');
  }

  return {
    'gallery:facets': () => success(store.galleryFacets.facets()),
    'gallery:count': ({ query }) => success(store.galleryFacets.count(query)),
    'images:favourite': ({ imageIds, favourite }) => {
      const changed = store.transaction(() =>
        imageIds.filter((id) => store.userImages.setFavourite(id, favourite)),
      );
      if (changed.length > 0)
        broadcast(
          'gallery:changed',
          changed.flatMap((id) => store.userImages.find(id) ?? []),
        );
      return success(changed);
    },
    'collections:list': () => success(store.collections.list()),
    'collections:create': ({ name, query, imageIds }) => {
      const id = newId();
      store.transaction(() => {
        store.collections.create(id, name, query, now());
        if (query === null) store.collections.add(id, imageIds, now());
      });
      return answer(id);
    },
    'collections:rename': ({ collectionId, name }) => {
      store.transaction(() => store.collections.rename(collectionId, name));
      return answer(collectionId);
    },
    'collections:delete': ({ collectionId }) => {
      store.transaction(() => {
        store.collections.forgetDeleted(now() - forgetAfter);
        store.collections.delete(collectionId, now());
      });
      return success(null);
    },
    'collections:restore': ({ collectionId }) => {
      store.transaction(() => store.collections.restore(collectionId));
      return answer(collectionId);
    },
    'collections:add': ({ collectionId, imageIds }) => {
      const collection = store.collections.find(collectionId);
      // A saved search finds its pictures by itself.
      if (!collection || collection.query !== null) return failure('not_found');
      return success(store.transaction(() => store.collections.add(collectionId, imageIds, now())));
    },
    'collections:remove': ({ collectionId, imageIds }) =>
      success(store.transaction(() => store.collections.remove(collectionId, imageIds))),
  };
}
