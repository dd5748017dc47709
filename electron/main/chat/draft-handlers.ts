// Handles requests to save the draft of a conversation, or the draft of an edited message.
import type { draftRequests } from '../../../shared/contract/drafts';
import type { Draft } from '../../../shared/domain/draft';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';

export function createDraftHandlers(
  store: Pick<Store, 'drafts' | 'messages' | 'batch'>,
): HandlersOf<typeof draftRequests> {
  function set(id: string, draft: Draft | null): Result<null> {
    // The message of a draft that arrives late may already have been sent.
    const isSent = draft !== null && store.messages.find(draft.questionId) !== undefined;
    store.batch(() => (isSent ? store.drafts.removeSent(draft.questionId) : store.drafts.set(id, draft)));
    return success(null);
  }

  return {
    'drafts:set': ({ conversationId, draft }) => set(conversationId, draft),
    'drafts:set-edit': ({ messageId, draft }) =>
      // A row without a message would be the draft of a new chat.
      store.messages.find(messageId) ? set(messageId, draft) : failure('not_found'),
  };
}
