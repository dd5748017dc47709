// The collections as the sidebar knows them.
import { create } from 'zustand';
import type { CollectionList } from '../../../shared/contract/collections';
import { request } from '../../ipc';

type CollectionsState = { list: CollectionList; load: () => Promise<void>; refresh: () => void };

let isWaiting = false;

export const useCollections = create<CollectionsState>()((set, get) => ({
  list: { everything: 0, favourites: 0, collections: [] },

  async load() {
    const reply = await request('collections:list', {});
    // A failure leaves what was known; the pictures' own request tells of it.
    if (reply.ok) set({ list: reply.value });
  },

  /** For what comes in bursts, such as pictures that land: reads once for all of them. */
  refresh() {
    if (isWaiting) return;
    isWaiting = true;
    requestIdleCallback(
      () => {
        isWaiting = false;
        void get().load();
      },
      { timeout: 1000 },
    );
  },
}));
