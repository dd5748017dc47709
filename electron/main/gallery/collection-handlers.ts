// Favourites, collections and the counts of the filters: this part of the contract, implemented.

import type { collectionRequests } from '../../../shared/contract/collections';
import { failure, success } from '../../../shared/domain/errors';
import { type ChatContext, newId } from '../chat/chat-context';
import type { Handlers, HandlersOf } from '../ipc/handlers';
import { drainBatch } from '../outbox/drain';

type CollectionHandlers = HandlersOf<typeof collectionRequests> &
  Pick<Handlers, 'gallery:facets' | 'gallery:count' | 'images:favourite'>;

/** How long a deleted collection can come back, in milliseconds. */
const forgetAfter = 24 * 60 * 60 * 1000;

/** @param context drained before pictures are named: the gallery may not have a new one yet. */
export function createCollectionHandlers(context: ChatContext) {
  const { store, broadcast, now } = context;

  function drain(): void {
    while (drainBatch(context) > 0);
  }

  function answer(id: string) {
    const collection = store.collections.find(id);
    return collection ? success(collection) : failure('not_found');
  }

  return {
    'gallery:facets': () => success(store.galleryFacets.facets()),
    'gallery:count': ({ query }) => success(store.galleryFacets.count(query)),
    'images:favourite': ({ imageIds, favourite }) => {
      drain();
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
      drain();
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
      drain();
      return success(store.transaction(() => store.collections.add(collectionId, imageIds, now())));
    },
    'collections:remove': ({ collectionId, imageIds }) =>
      success(store.transaction(() => store.collections.remove(collectionId, imageIds))),
  } satisfies CollectionHandlers;
}
