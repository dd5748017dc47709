// Answers requests to keep the draft of a conversation.
import type { draftRequests } from '../../../shared/contract/drafts';
import { success } from '../../../shared/domain/errors';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';

export function createDraftHandlers(
  store: Pick<Store, 'drafts' | 'messages' | 'batch'>,
): HandlersOf<typeof draftRequests> {
  return {
    'drafts:set': ({ conversationId, draft }) => {
      // A draft that was saved late may have been sent meanwhile.
      const isSent = draft !== null && store.messages.find(draft.questionId) !== undefined;
      store.batch(() =>
        isSent ? store.drafts.removeSent(draft.questionId) : store.drafts.set(conversationId, draft),
      );
      return success(null);
    },
  };
}
