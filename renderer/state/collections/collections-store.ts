// The collections that the sidebar lists.
import { create } from 'zustand';
import type { CollectionList } from '../../../shared/contract/collections';
import { request } from '../../ipc';

type CollectionsState = { list: CollectionList; load: () => Promise<void>; refresh: () => void };

export const useCollections = create<CollectionsState>()((set, get) => {
  let isScheduled = false;

  return {
    list: { everything: 0, favourites: 0, collections: [] },

    async load() {
      const reply = await request('collections:list', {});
      // After a failure the old list stays. The request for the pictures reports the failure.
      if (reply.ok) set({ list: reply.value });
    },

    /** Reloads once for a burst of events, such as several finished pictures. */
    refresh() {
      if (isScheduled) return;
      isScheduled = true;
      requestIdleCallback(
        () => {
          isScheduled = false;
          void get().load();
        },
        { timeout: 1000 },
      );
    },
  };
});
