// What a user can do to an answer afterwards: retry it or cancel it.
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { ChatContext } from './chat-context';
import { jobFor, questionOf } from './job-for';
import { modelForEdits } from './placeholders';
import { checkReferences } from './references';

const retryable: readonly Message['status'][] = ['failed', 'cancelled', 'limited', 'interrupted'];

/**
 * Retries an answer in the same row, with the provider that is active now: the user may have changed it because of the
 * failure.
 */
export function retry(context: ChatContext, messageId: string): Result<Message> {
  const { store } = context;
  const { id: provider, textModel } = context.activeProvider();
  const message = store.transaction(() => {
    const found = store.messages.find(messageId);
    if (!found) return failure('not_found');
    if (!retryable.includes(found.status)) return failure('not_retryable');
    const model = found.kind === 'image' ? modelFor(context, found) : success(textModel);
    if (!model.ok) return model;
    store.messages.setProvider(messageId, provider, model.value);
    store.messages.startAttempt(messageId, 'pending', context.now());
    const pending = store.messages.find(messageId);
    return pending ? success(pending) : failure('not_found');
  });
  if (message.ok) {
    context.afterReply(() =>
      context.enqueue(jobFor(context, message.value, questionOf(context, message.value))),
    );
  }
  return message;
}

/** A picture with references needs a model that takes them. */
function modelFor(context: ChatContext, { params: { references = [] } }: PictureMessage): Result<string> {
  const { pictureModel } = context.activeProvider();
  const model = references.length === 0 ? pictureModel : (modelForEdits(context) ?? pictureModel);
  return checkReferences(context, references, model) ?? success(model);
}

/** Requests a cancellation. `message:updated` says how the job ended: it may have finished just before. */
export function cancel(context: ChatContext, messageId: string): Result<Message> {
  const message = context.store.messages.find(messageId);
  if (!message) return failure('not_found');
  context.afterReply(() => context.cancel(messageId));
  return success(message);
}
