// What a user may do to an answer afterwards: have it tried again, or stop it.

import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { ChatContext } from './chat-context';
import { jobFor, questionOf } from './job-for';
import { modelForEdits } from './placeholders';
import { problemWith } from './references';

const retryable: readonly Message['status'][] = ['failed', 'cancelled', 'limited', 'interrupted'];

/**
 * Puts an answer that did not come back into work, in the same row, with the provider that is in use now:
 * a user who changed it after a failure means it.
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
    store.messages.begin(messageId, 'pending', context.now());
    const begun = store.messages.find(messageId);
    return begun ? success(begun) : failure('not_found');
  });
  if (message.ok) {
    context.afterReply(() =>
      context.enqueue(jobFor(context, message.value, questionOf(context, message.value))),
    );
  }
  return message;
}

/** One that goes with others needs a model that takes them. */
function modelFor(context: ChatContext, { params: { references = [] } }: PictureMessage): Result<string> {
  const { pictureModel } = context.activeProvider();
  const model = references.length === 0 ? pictureModel : (modelForEdits(context) ?? pictureModel);
  return problemWith(context, references, model) ?? success(model);
}

/** Asks for work to be stopped. How it ended comes as `message:updated`: it may have been done just before. */
export function cancel(context: ChatContext, messageId: string): Result<Message> {
  const message = context.store.messages.find(messageId);
  if (!message) return failure('not_found');
  context.afterReply(() => context.cancel(messageId));
  return success(message);
}
