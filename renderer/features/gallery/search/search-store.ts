// The number of matches of the current query, and the values that the filters offer.
import { create } from 'zustand';
import { maxConversationsPerRequest } from '../../../../shared/contract/chat';
import type { GalleryFacets } from '../../../../shared/contract/gallery';
import type { Conversation } from '../../../../shared/domain/conversations';
import { everyPicture, type GalleryQuery } from '../../../../shared/domain/gallery-query';
import { request } from '../../../ipc';
import { isFiltered } from '../../../state/gallery/filters';
import { useGallery } from '../../../state/gallery/gallery-store';

type SearchState = {
  /** Null until it is known, and while everything is shown. */
  count: number | null;
  /** How many pictures search does not find yet, because they are being indexed. */
  unindexed: number;
  /** Of how many pictures it is not known how they look, so that they are not found by another one. */
  unread: number;
  /** The order before the current search, which comes back when the search ends. */
  browsingSort: GalleryQuery['sort'];
  facets: GalleryFacets;
  /** How many pictures have a seed, of how many; null until it is known. */
  seeds: { some: number; all: number } | null;
  /** Every conversation that can contain pictures; empty until the filters are opened. */
  chats: Pick<Conversation, 'id' | 'title'>[];
  countFor: (query: GalleryQuery) => Promise<void>;
  readFacets: () => Promise<void>;
  readUnindexed: () => Promise<void>;
  receiveUnindexed: (left: number) => void;
  readUnread: (imageId: string) => Promise<void>;
  receiveUnread: (left: number) => void;
  /** Returns a query for another text. A new search begins with the best matches, and keeps an order that is chosen. */
  withText: (query: GalleryQuery, text: string) => GalleryQuery;
};

export const useSearch = create<SearchState>()((set, get) => {
  let latestQuery: GalleryQuery | null = null;

  /** What was missing is there now. */
  function findAgain(): void {
    const { query, load } = useGallery.getState();
    void load();
    void get().countFor(query);
  }

  return {
    count: null,
    unindexed: 0,
    unread: 0,
    browsingSort: everyPicture.sort,
    facets: { models: [], providers: [] },
    seeds: null,
    chats: [],

    async countFor(query) {
      latestQuery = query;
      if (!isFiltered(query)) return set({ count: null });
      const reply = await request('gallery:count', { query });
      // The user may have typed more meanwhile. The request for the pictures reports a failure.
      if (latestQuery === query) set({ count: reply.ok ? reply.value : null });
    },

    async readUnindexed() {
      const reply = await request('gallery:unindexed', {});
      if (reply.ok) set({ unindexed: reply.value });
    },

    receiveUnindexed(left) {
      const before = get().unindexed;
      set({ unindexed: left });
      const { query } = useGallery.getState();
      if (left === 0 && before > 0 && query.text.trim() !== '') findAgain();
    },

    async readUnread(imageId) {
      const reply = await request('gallery:unread', { imageId });
      if (reply.ok) set({ unread: reply.value });
    },

    receiveUnread(left) {
      const before = get().unread;
      set({ unread: left });
      const { query } = useGallery.getState();
      if (left === 0 && before > 0 && query.alikeTo !== null) findAgain();
    },

    withText(query, text) {
      const [wasSearch, isSearch] = [query.text, text].map((each) => each.trim() !== '');
      if (isSearch && !wasSearch) {
        set({ browsingSort: query.sort });
        return { ...query, text, sort: 'relevance' };
      }
      if (wasSearch && !isSearch) {
        // A saved search may be the first one.
        const { browsingSort } = get();
        return { ...query, text, sort: browsingSort };
      }
      return { ...query, text };
    },

    async readFacets() {
      const [facets, some, all, chats] = await Promise.all([
        request('gallery:facets', {}),
        request('gallery:count', { query: { ...everyPicture, hasSeed: true } }),
        request('gallery:count', { query: everyPicture }),
        // The sidebar has only the latest ones.
        readAllConversations(),
      ]);
      if (facets.ok) set({ facets: facets.value });
      if (some.ok && all.ok) set({ seeds: { some: some.value, all: all.value } });
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
