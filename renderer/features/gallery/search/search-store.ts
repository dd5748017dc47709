// The number of matches of the current query, and the values that the filters offer.
import { create } from 'zustand';
import { maxConversationsPerRequest } from '../../../../shared/contract/chat';
import type { GalleryFacets } from '../../../../shared/contract/gallery';
import type { Conversation } from '../../../../shared/domain/conversations';
import type { GalleryQuery } from '../../../../shared/domain/gallery-query';
import { request } from '../../../ipc';
import { isFiltered } from '../../../state/gallery/filters';

type SearchState = {
  /** Null until it is known, and while everything is shown. */
  count: number | null;
  facets: GalleryFacets;
  /** Every conversation that can contain pictures; empty until the filters are opened. */
  chats: Pick<Conversation, 'id' | 'title'>[];
  countFor: (query: GalleryQuery) => Promise<void>;
  readFacets: () => Promise<void>;
};

export const useSearch = create<SearchState>()((set) => {
  let latestQuery: GalleryQuery | null = null;

  return {
    count: null,
    facets: { models: [], providers: [] },
    chats: [],

    async countFor(query) {
      latestQuery = query;
      if (!isFiltered(query)) return set({ count: null });
      const reply = await request('gallery:count', { query });
      // The user may have typed more meanwhile. The request for the pictures reports a failure.
      if (latestQuery === query) set({ count: reply.ok ? reply.value : null });
    },

    async readFacets() {
      const [facets, chats] = await Promise.all([
        request('gallery:facets', {}),
        // The sidebar has only the latest ones.
        readAllConversations(),
      ]);
      if (facets.ok) set({ facets: facets.value });
      if (chats) set({ chats });
    },
  };
});

/** Reads page by page, because one large reply would keep the main process busy. @returns null after a failure. */
async function readAllConversations(): Promise<Conversation[] | null> {
  const all: Conversation[] = [];
  for (;;) {
    const last = all.at(-1);
    const reply = await request('conversations:list', {
      limit: maxConversationsPerRequest,
      ...(last && { after: { pinned: last.pinned, activity: last.activity } }),
    });
    if (!reply.ok) return null;
    all.push(...reply.value.conversations);
    if (!reply.value.hasMore) return all;
  }
}
