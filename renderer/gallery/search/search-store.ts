// What the search bar shows of the gallery: how many a query finds, and what there is to choose from.
import { create } from 'zustand';
import type { GalleryFacets } from '../../../shared/collections';
import type { GalleryQuery } from '../../../shared/gallery-query';
import { request } from '../../ipc';
import { isFiltered } from './filters';

type SearchState = {
  /** Null until it is known, and where everything is shown. */
  count: number | null;
  facets: GalleryFacets;
  countFor: (query: GalleryQuery) => Promise<void>;
  readFacets: () => Promise<void>;
};

let asked: GalleryQuery | null = null;

export const useSearch = create<SearchState>()((set) => ({
  count: null,
  facets: { models: [], providers: [] },

  async countFor(query) {
    asked = query;
    if (!isFiltered(query)) return set({ count: null });
    const reply = await request('gallery:count', { query });
    // Another word may have been typed since. A failure is told by the pictures' own request.
    if (asked === query) set({ count: reply.ok ? reply.value : null });
  },

  async readFacets() {
    const reply = await request('gallery:facets', {});
    if (reply.ok) set({ facets: reply.value });
  },
}));
