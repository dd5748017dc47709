// Pure functions on the list of conversations: merging versions, and their order.
import type { Conversation } from '../../../shared/domain/conversations';

/** Adds conversations to the list, or replaces older versions. Pinned ones come first, then the last used. */
export function withConversations(
  known: readonly Conversation[],
  arrived: readonly Conversation[],
): Conversation[] {
  const byId = new Map(known.map((conversation) => [conversation.id, conversation]));
  for (const conversation of arrived) {
    const older = byId.get(conversation.id);
    if (!older || older.revision <= conversation.revision) byId.set(conversation.id, conversation);
  }
  return [...byId.values()].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.activity - a.activity);
}
