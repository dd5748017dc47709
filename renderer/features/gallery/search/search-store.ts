// Facts about the current query besides its pictures, and the values that the filters offer.
import { create } from 'zustand';
import { maxConversationsPerRequest } from '../../../../shared/contract/chat';
import type { GalleryFacets } from '../../../../shared/contract/gallery';
import type { Conversation } from '../../../../shared/domain/conversations';
import { everyPicture, type GalleryQuery } from '../../../../shared/domain/gallery-query';
import { request } from '../../../ipc';
import { type NamedTime, nearestNamedTime, readNamedTimes } from '../../../picture/dates/named-times';
import { isFiltered } from '../../../state/gallery/filters';
import { useGallery } from '../../../state/gallery/gallery-store';

type SearchState = {
  /** The number of pictures of the current query, or of the previous one until it is known. Null without a search. */
  found: { query: GalleryQuery; count: number } | null;
  /** The times that a query's text mentions. */
  times: { query: GalleryQuery; list: NamedTime[] } | null;
  /** The query for which the user has pressed Enter, until it is answered. */
  entered: GalleryQuery | null;
  /** How many pictures search does not find yet, because they are being indexed. */
  unindexed: number;
  /** How many pictures have no fingerprint yet, so that similarity search does not find them. */
  unread: number;
  /** The sort order before the current search, which is restored when the search ends. */
  browsingSort: GalleryQuery['sort'];
  facets: GalleryFacets;
  /** The number of pictures with a seed, and of all pictures; null until it is known. */
  seeds: { some: number; all: number } | null;
  /** Every conversation that can contain pictures; empty until the filters are opened. */
  chats: Pick<Conversation, 'id' | 'title'>[];
  /** Reads the facts about a query. */
  read: (query: GalleryQuery) => Promise<void>;
  /** Switches to the time that the text mentions if no prompt contains its words, as soon as that is known. */
  enter: (query: GalleryQuery) => void;
  /** Cancels a pending Enter. */
  leave: () => void;
  readFacets: () => Promise<void>;
  readUnindexed: () => Promise<void>;
  receiveUnindexed: (left: number) => void;
  readUnread: (imageId: string) => Promise<void>;
  receiveUnread: (left: number) => void;
  /** Returns the query with another text. A new search sorts by relevance, unless the user has chosen an order. */
  withText: (query: GalleryQuery, text: string) => GalleryQuery;
};

export const useSearch = create<SearchState>()((set, get) => {
  let latestQuery: GalleryQuery | null = null;
  /** The last query that was read completely. */
  let answered: GalleryQuery | null = null;

  /** Reads the current query again, because missing pictures can be found now. */
  function findAgain(): void {
    const { query, load } = useGallery.getState();
    void load();
    void get().read(query);
  }

  /** Handles Enter once the answers have arrived, because the search may still have been running. */
  function answerEnter(): void {
    const { entered, found, times } = get();
    if (entered === null || entered !== answered) return;
    set({ entered: null });
    if (found?.query !== entered || times?.query !== entered) return;
    const meant = nearestNamedTime(found.count, times.list);
    if (meant) useGallery.getState().setQuery(meant.query);
  }

  return {
    found: null,
    times: null,
    entered: null,
    unindexed: 0,
    unread: 0,
    browsingSort: everyPicture.sort,
    facets: { models: [], providers: [] },
    seeds: null,
    chats: [],

    async read(query) {
      latestQuery = query;
      if (get().entered !== query) set({ entered: null });
      if (!isFiltered(query)) return set({ found: null, times: null });
      const counting = request('gallery:count', { query }).then((reply) => {
        // The user may have typed more in the meantime. Failures are reported by the request for the pictures.
        if (latestQuery === query) set({ found: reply.ok ? { query, count: reply.value } : null });
      });
      const naming = readNamedTimes(query).then((list) => {
        if (latestQuery === query) set({ times: { query, list } });
      });
      await Promise.all([counting, naming]);
      if (latestQuery !== query) return;
      answered = query;
      answerEnter();
    },

    enter(query) {
      set({ entered: query });
      answerEnter();
    },

    leave: () => set({ entered: null }),

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
        // A saved search may be the first query.
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
        // The sidebar only has the latest conversations.
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
