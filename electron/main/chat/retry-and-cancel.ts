// The user's actions on an answer: retry it, cancel it, or dismiss its failure.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { isUnfinished, type Message, type PictureMessage } from '../../../shared/domain/conversations';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { pictureOptionsSchema } from '../../../shared/domain/picture-options';
import type { ChatContext } from './chat-context';
import { withChosenModel } from './chosen-model';
import { adaptedParams } from './params-for';
import { leftOutNotes, modelForEdits, notesFor } from './placeholders';
import { checkChange, checkReferences } from './references';

const retryable: readonly Message['status'][] = ['failed', 'cancelled', 'limited', 'interrupted'];

/**
 * Retries an answer in the same row, with the currently chosen model or else the active provider: the user may have
 * switched because of the failure. Does nothing if the answer is already being made.
 */
export function retry(ofSettings: ChatContext, messageId: string, chosen?: ChosenModel): Result<Message> {
  const { store } = ofSettings;
  const own = withChosenModel(ofSettings, chosen);
  if (!own.ok) return own;
  const context = own.value;
  const { id: provider, textModel } = context.activeProvider();
  const result = store.transaction(() => {
    const found = store.messages.find(messageId);
    if (!found || !store.conversations.find(found.conversationId)) return failure('not_found');
    if (isUnfinished(found)) return success(found);
    if (!retryable.includes(found.status)) return failure('not_retryable');
    const model = found.kind === 'image' ? modelFor(context, found) : success(textModel);
    if (!model.ok) return model;
    store.messages.setProvider(messageId, provider, model.value);
    if (found.kind === 'text') {
      store.messages.setReplyChoices(messageId, { ...store.messages.replyChoices(messageId), model: chosen });
    } else {
      store.messages.setParams(
        messageId,
        adaptedParams(
          context,
          found.params,
          found.error?.code === 'request_rejected' || found.error?.code === 'setting_rejected',
        ),
      );
      store.messages.setNotes(messageId, [
        ...notesFor(provider, found.prompt, model.value ?? '', found.params.edit),
        ...leftOutNotes(provider, model.value ?? '', {
          options: pictureOptionsSchema.parse(found.params),
          isSeedSet: found.params.seedChosen === true,
        }),
      ]);
    }
    store.messages.reset(messageId, context.now());
    const pending = store.messages.find(messageId);
    return pending ? success(pending) : failure('not_found');
  });
  if (result.ok) context.wakeDispatcher();
  return result;
}

/** Puts a free reply that a crash interrupted back into the queue. */
export function putBack({ store, broadcast, now }: ChatContext, messageId: string): void {
  store.transaction(() => store.messages.reset(messageId, now()));
  const message = store.messages.find(messageId);
  if (message) broadcast('message:updated', message);
}

/** A picture with references needs a model that takes them. */
function modelFor(context: ChatContext, { params }: PictureMessage): Result<string> {
  const { references = [] } = params;
  const { id, pictureModel } = context.activeProvider();
  const model = references.length === 0 ? pictureModel : (modelForEdits(context) ?? pictureModel);
  return checkReferences(context, references, id, model) ?? checkChange(context, params) ?? success(model);
}

/** Requests a stop. `message:updated` tells how the job ended; it may have finished just before. */
export function cancel({ store, wakeDispatcher }: ChatContext, messageId: string): Result<Message> {
  store.transaction(() => store.messages.requestStop(messageId));
  const message = store.messages.find(messageId);
  if (!message) return failure('not_found');
  wakeDispatcher();
  return success(message);
}

/** Hides a failure in the conversation, or shows it again. Does nothing to other messages. */
export function dismiss({ store }: ChatContext, messageId: string, isDismissed: boolean): Result<Message> {
  store.transaction(() => store.messages.setDismissed(messageId, isDismissed));
  const message = store.messages.find(messageId);
  return message && store.conversations.find(message.conversationId)
    ? success(message)
    : failure('not_found');
}
