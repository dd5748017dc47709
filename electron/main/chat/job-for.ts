// Turns an unfinished message into the generator's job.
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { arrivalFile, arrivedFile } from '../../../shared/domain/picture-files';
import type { Job, PictureJob, RecoverJob, TextJob } from '../../../shared/generator/jobs';
import { newId } from '../db/new-id';
import type { ChatContext } from './chat-context';
import { historyOf, referenceTo } from './history';

/**
 * Returns the job of a waiting message. If an earlier, paid request returned bytes that could not be stored, that is
 * a recovery from disk.
 */
export function jobFor(context: ChatContext, message: Message): Job {
  const requestId = context.store.messages.requestId(message.id);
  if (message.kind === 'text') return textJob(context, message, requestId ?? newId());
  if (requestId !== null) return pictureJob(context, message, requestId);
  const unstored = unstoredRequest(context, message.id);
  return unstored === undefined
    ? pictureJob(context, message, newId())
    : { ...pictureJob(context, message, unstored), kind: 'recover' };
}

/** Returns the job that recovers the result of an earlier process's request. */
export function recoveryOf(context: ChatContext, message: Message): TextJob | RecoverJob {
  // Rows of older versions have no request id: their files use the message's id.
  const requestId = context.store.messages.requestId(message.id) ?? message.id;
  return message.kind === 'text'
    ? textJob(context, message, requestId)
    : { ...pictureJob(context, message, requestId), kind: 'recover' };
}

function textJob(context: ChatContext, message: Message & { kind: 'text' }, requestId: string): TextJob {
  const active = context.activeProvider();
  const provider = message.provider ?? active.id;
  const model = message.provider === null ? active.textModel : message.model;
  const history = historyOf(context, message);
  const text = questionOf(context, message);
  return { kind: 'text', jobId: message.id, requestId, provider, model, text, history };
}

function pictureJob(context: ChatContext, message: PictureMessage, requestId: string): PictureJob {
  const { id: jobId, provider, model, prompt, params } = message;
  const references = (params.references ?? []).flatMap((imageId) => referenceTo(context, imageId) ?? []);
  const job = { kind: 'picture', jobId, requestId, provider, model, prompt, params } as const;
  return references.length === 0 ? job : { ...job, references };
}

/** Returns the text that a reply answers: the message before it. */
function questionOf({ store }: ChatContext, answer: Message): string {
  const question = store.messages.before(answer, 1).at(-1);
  return question?.kind === 'text' ? question.text : '';
}

/** Returns the last request of a message that may have cost something and whose bytes are still on disk. */
function unstoredRequest({ store, hasFile }: ChatContext, messageId: string): string | undefined {
  // A part of an answer has no charge of its own, and its bytes are stored under its own id.
  if (store.messages.answerId(messageId) !== null && hasFile(arrivalFile(messageId))) return messageId;
  const charge = store.charges
    .ofMessage(messageId)
    .find(({ id, amountMicroUsd }) => amountMicroUsd !== 0 && hasFile(arrivalFile(id)));
  if (charge) return charge.id;
  // Older versions kept the bytes beside the picture, under the message's id.
  return hasFile(arrivedFile(messageId)) ? messageId : undefined;
}
