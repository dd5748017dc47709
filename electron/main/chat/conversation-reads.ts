// Reads for the list of conversations.
import type { RequestInput } from '../../../shared/contract';
import type { Reads } from '../db/read';
import { conversationPage } from './conversation-page';
import { searchConversations } from './search-conversations';

export const conversationReads = {
  conversations: {
    isOrdered: true,
    run: ({ store }, { limit, after }: RequestInput<'conversations:list'>) =>
      conversationPage(store, limit, after),
  },
  foundConversations: {
    // The user is still typing: a newer search replaces an older one.
    replaces: () => true,
    run: ({ store }, { text, limit }: RequestInput<'conversations:search'>) =>
      searchConversations(store, text, limit),
  },
  conversationCovers: {
    run({ store }, { conversationIds }: RequestInput<'conversations:covers'>) {
      const covers: Record<string, string> = {};
      for (const id of conversationIds) {
        const cover = store.conversations.coverOf(id);
        if (cover !== undefined) covers[id] = cover;
      }
      return covers;
    },
  },
} satisfies Reads;
