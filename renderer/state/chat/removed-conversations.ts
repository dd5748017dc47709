// Remembers which conversations were deleted a moment ago, so that events from before the deletion do not restore
// them.
import type { Conversation } from '../../../shared/domain/conversations';

/** News is at most moments old, and nobody deletes more conversations in that time. */
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
    /** Returns whether it was deleted once; it may have come back. */
    knows: (id: string): boolean => revisions.has(id),
    /** Returns whether this is older than the conversation's deletion. */
    has: ({ id, revision }: Pick<Conversation, 'id' | 'revision'>): boolean =>
      revision <= (revisions.get(id) ?? 0),
  };
}
