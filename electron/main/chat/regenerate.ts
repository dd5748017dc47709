// Requests another version of a text answer. The first one stays.
import type { RequestInput } from '../../../shared/contract';
import type { MessagePage } from '../../../shared/contract/chat';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { ChatContext } from './chat-context';
import { withChosenModel } from './chosen-model';
import { pendingReply } from './pending-reply';
import { announce, showVersion } from './versions';

type Input = RequestInput<'messages:regenerate'>;

/**
 * Adds a new version of an answer to the same question, with the chosen text model and the picture options of the
 * regenerated version. Writes one transaction, then replies; the dispatcher finds the row. Idempotent: a version that
 * already exists is not requested again.
 */
export function regenerate(
  ofSettings: ChatContext,
  { messageId, answerId, model }: Input,
): Result<MessagePage> {
  const chosen = withChosenModel(ofSettings, model);
  if (!chosen.ok) return chosen;
  const context = chosen.value;
  const { store } = context;
  const result = store.transaction(() => {
    const original = store.messages.find(store.messages.original(messageId) ?? '');
    if (!original || !store.conversations.find(original.conversationId)) return failure('not_found');
    if (original.kind !== 'text' || original.role !== 'assistant') return failure('not_retryable');
    const { conversationId, seq } = original;
    if (!store.messages.find(answerId)) {
      const answer = pendingReply(context, answerId, conversationId, context.now());
      const choices = { ...store.messages.replyChoices(messageId), model };
      store.messages.insert(answer, { versionOf: original.id, choices });
      showVersion(context, original, answerId);
      store.conversations.touch(conversationId, context.now());
    }
    return success(store.messages.pageAfter(conversationId, seq - 1, 2));
  });
  if (result.ok) {
    announce(context, [store.messages.original(messageId) ?? messageId]);
    context.wakeDispatcher();
  }
  return result;
}
