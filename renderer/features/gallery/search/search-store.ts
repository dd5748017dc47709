// What the search bar shows of the gallery: how many a query finds, and what there is to choose from.
import { create } from 'zustand';
import type { GalleryFacets } from '../../../../shared/contract/gallery';
import type { Conversation } from '../../../../shared/domain/conversations';
import type { GalleryQuery } from '../../../../shared/domain/gallery-query';
import { request } from '../../../ipc';
import { isFiltered } from '../../../state/gallery/filters';

type SearchState = {
  /** Null until it is known, and where everything is shown. */
  count: number | null;
  facets: GalleryFacets;
  /** Every chat that pictures can have been made in; empty until the filters have been open. */
  chats: Pick<Conversation, 'id' | 'title'>[];
  countFor: (query: GalleryQuery) => Promise<void>;
  readFacets: () => Promise<void>;
};

/** As many as one request gives. */
const maxChats = 10_000;

let asked: GalleryQuery | null = null;

export const useSearch = create<SearchState>()((set) => ({
  count: null,
  facets: { models: [], providers: [] },
  chats: [],

  async countFor(query) {
    asked = query;
    if (!isFiltered(query)) return set({ count: null });
    const reply = await request('gallery:count', { query });
    // Another word may have been typed since. A failure is told by the pictures' own request.
    if (asked === query) set({ count: reply.ok ? reply.value : null });
  },

  async readFacets() {
    const [facets, chats] = await Promise.all([
      request('gallery:facets', {}),
      // The sidebar has the latest ones only.
      request('conversations:list', { limit: maxChats }),
    ]);
    if (facets.ok) set({ facets: facets.value });
    if (chats.ok) set({ chats: chats.value.conversations });
  },
}));
