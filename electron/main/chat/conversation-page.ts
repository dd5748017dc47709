// The conversations that the renderer lists first.
import type { ConversationPage } from '../../../shared/contract/chat';
import type { ConversationPlace } from '../../../shared/domain/conversations';
import type { ReadStore } from '../db/open';

/** Returns up to `limit` conversations, after a place: the pinned ones, then the most recently used. */
export function conversationPage(
  store: Pick<ReadStore, 'conversations'>,
  limit: number,
  after?: ConversationPlace,
): ConversationPage {
  const found = store.conversations.newest(limit + 1, after);
  return { conversations: found.slice(0, limit), hasMore: found.length > limit };
}
