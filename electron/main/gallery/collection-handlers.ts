// Answers requests about collections.
import type { collectionRequests } from '../../../shared/contract/collections';
import { failure, success } from '../../../shared/domain/errors';
import { newId } from '../db/new-id';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';

export type CollectionOptions = {
  store: Pick<Store, 'collections' | 'transaction'>;
  /** Drained before a request that names pictures, which may not be in the gallery yet. */
  outbox: { drainAll: () => void };
  /** UTC milliseconds. */
  now: () => number;
  /** These prevent early deletion under a wrong clock: see storage/clock-trust.ts. */
  clock: { retentionTime: () => number; deletionTime: () => number };
};

/** Time (ms) during which a deleted collection can be restored. */
const restorableMs = 24 * 60 * 60 * 1000;

/** The reader thread answers the request for the list. */
export function createCollectionHandlers({ store, outbox, now, clock }: CollectionOptions) {
  function reply(id: string) {
    const collection = store.collections.find(id);
    return collection ? success(collection) : failure('not_found');
  }

  return {
    'collections:create': ({ name, query, imageIds }) => {
      const id = newId();
      outbox.drainAll();
      store.transaction(() => {
        store.collections.create(id, name, query, now());
        if (query === null) store.collections.add(id, imageIds, now());
      });
      return reply(id);
    },
    'collections:rename': ({ collectionId, name }) => {
      store.transaction(() => store.collections.rename(collectionId, name));
      return reply(collectionId);
    },
    'collections:delete': ({ collectionId }) => {
      store.transaction(() => {
        store.collections.removeDeleted(clock.retentionTime() - restorableMs);
        store.collections.delete(collectionId, clock.deletionTime());
      });
      return success(null);
    },
    'collections:restore': ({ collectionId }) => {
      store.transaction(() => store.collections.restore(collectionId));
      return reply(collectionId);
    },
    'collections:add': ({ collectionId, imageIds }) => {
      const collection = store.collections.find(collectionId);
      // A saved search has no pictures of its own.
      if (!collection || collection.query !== null) return failure('not_found');
      outbox.drainAll();
      return success(store.transaction(() => store.collections.add(collectionId, imageIds, now())));
    },
    'collections:remove': ({ collectionId, imageIds }) =>
      success(store.transaction(() => store.collections.remove(collectionId, imageIds))),
  } satisfies Omit<HandlersOf<typeof collectionRequests>, 'collections:list'>;
}
