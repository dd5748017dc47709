// Remembers recently deleted conversations, so that events from before the deletion do not restore them.
import type { Conversation } from '../../../shared/domain/conversations';

/** Maximum number of remembered conversations: nobody deletes more while an event is under way. */
const maxRemembered = 100;

export function createRemovedConversations() {
  /** The revisions of the deletions, the latest one last. */
  const revisions = new Map<string, number>();

  return {
    /** @param revision of the deletion. */
    add(id: string, revision: number): void {
      revisions.delete(id);
      revisions.set(id, revision);
      const [oldest] = revisions.keys();
      if (revisions.size > maxRemembered && oldest !== undefined) revisions.delete(oldest);
    },
    /** Returns whether a conversation was ever deleted. It may have been restored. */
    knows: (id: string): boolean => revisions.has(id),
    /** Returns whether this version is older than the conversation's deletion. */
    has: ({ id, revision }: Pick<Conversation, 'id' | 'revision'>): boolean =>
      revision <= (revisions.get(id) ?? 0),
  };
}
