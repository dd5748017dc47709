// The reads of the list of conversations.
import type { RequestInput } from '../../../shared/contract';
import type { Reads } from '../db/read';
import { conversationPage } from './conversation-page';

export const conversationReads = {
  conversations: {
    isOrdered: true,
    run: ({ store }, { limit }: RequestInput<'conversations:list'>) => conversationPage(store, limit),
  },
} satisfies Reads;
