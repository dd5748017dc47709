// Ends a job: its message's row and everything that follows from it, in one transaction. Only this file ends a picture.
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { aboutAnswer } from '../../../shared/domain/errors';
import { otherShape, type PictureNote } from '../../../shared/domain/picture-notes';
import { otherUpscaleSize } from '../../../shared/domain/upscalers';
import type { Ended } from '../../../shared/generator/ended';
import type { Job } from '../../../shared/generator/jobs';
import type { FailedJob, Outcome, StoredPicture } from '../../../shared/generator/messages';
import type { SentenceOrText } from '../../../shared/languages/sentence';
import { newId } from '../db/new-id';
import type { OutboxEntry } from '../db/outbox';
import { faultPoint } from '../logging/fault-point';
import { insertParts } from './answer-rows';
import type { ChatContext } from './chat-context';
import { endCharge } from './end-charge';
import { withKnownCharge } from './known-charge';
import { partNotes } from './placeholders';
import { withPossibleCost } from './possible-cost';
import { postpone } from './postpone';
import { sizeOfEdit } from './references';
import { placeholdersForRequested } from './requested-pictures';
import { isOwnLimit, statusOf } from './status-of';
import { branchAfter } from './versions';

/**
 * Writes a job's result in one transaction: the message's row, its charge, the outbox entries for log and gallery,
 * and the placeholders of pictures that a reply requests. All of it is flushed to disk before the renderer is told.
 *
 * @returns false if the message had already ended or is deleted. Its charge is updated in any case.
 */
export function settle(context: ChatContext, given: Ended): boolean {
  const { store, metrics } = context;
  const started = performance.now();
  const ended = withKnownCharge(
    context,
    withPossibleCost(given, () => receivedText(context, given), context.now()),
  );
  const { job, outcome } = ended;
  const requested = store.transaction(() => {
    endCharge(store, ended);
    if (!endMessage(context, ended)) return null;
    const pictures = [...insertParts(context, ended), ...insertRequestedPictures(context, ended)];
    for (const entry of outboxEntries(context, ended)) store.outbox.add(newId(), entry, context.now());
    faultPoint('settle: in the transaction');
    return pictures;
  });
  if (!requested) return false;
  faultPoint('settle: committed');
  // Not shown: a name in Diagnostics.
  metrics.record('Settle a job', performance.now() - started);
  if (outcome.type === 'stored') {
    // Not shown: a name in Diagnostics.
    metrics.record('Make and keep a picture', outcome.durationMs);
    // Not shown: a name in Diagnostics.
    metrics.record('Keep a picture', outcome.storeMs);
  }
  const message = store.messages.find(job.jobId);
  if (message) context.broadcast('message:updated', withFigures(message, outcome));
  faultPoint('settle: broadcast');
  if (requested.length > 0) context.broadcast('messages:added', requested);
  return true;
}

/** A message, and the picture of the gallery that answers it. */
export type ReusedPicture = { message: PictureMessage; pictureId: string };

/**
 * Ends messages with pictures from the gallery, without a request or a charge, in one transaction. Writes the log
 * rows directly instead of through the outbox, because no gallery entries follow and no user is waiting.
 *
 * @returns the ids of the messages that ended, without those that were no longer waiting or whose picture has just
 * left the gallery.
 */
export function settleReused(context: ChatContext, answers: readonly ReusedPicture[]): Set<string> {
  const { store } = context;
  const at = context.now();
  const settled = store.transaction(() =>
    answers.filter(({ message: { id: messageId, provider, model }, pictureId }) => {
      if (!store.messages.setReused(messageId, pictureId, at)) return false;
      const attempt = { id: newId(), messageId, provider, model, errorCode: null, requestedAt: at };
      store.generationLog.insert({ ...attempt, outcome: 'ready', durationMs: 0, costMicroUsd: 0 }, pictureId);
      return true;
    }),
  );
  const ids = settled.map(({ message }) => message.id);
  for (const answered of ids.flatMap((id) => store.messages.find(id) ?? []))
    context.broadcast('message:updated', answered);
  return new Set(ids);
}

function receivedText({ store }: ChatContext, { job }: Ended): string {
  const message = store.messages.find(job.jobId);
  return message?.kind === 'text' ? message.text : '';
}

function insertRequestedPictures(context: ChatContext, { outcome }: Ended): Message[] {
  if (outcome.type !== 'replied' || outcome.pictures.length === 0) return [];
  const answer = context.store.messages.find(outcome.jobId);
  if (answer?.kind !== 'text') return [];
  const requested = placeholdersForRequested(context, answer, outcome.pictures, context.now());
  const { messages } = context.store;
  const branch = branchAfter(context, answer);
  const isStopped = messages.isStopRequested(answer.id);
  for (const picture of requested) {
    messages.insert(picture, { isFresh: true, branch });
    // A user who stops a reply just as it ends does not expect to pay for the pictures that it requests.
    if (isStopped) messages.requestStop(picture.id);
  }
  return requested.flatMap(({ id }) => messages.find(id) ?? []);
}

function endMessage(context: ChatContext, { job, outcome }: Ended): boolean {
  const { messages } = context.store;
  const at = context.now();
  switch (outcome.type) {
    case 'stored': {
      const { warnings: _warnings, answer: _answer, ...picture } = outcome;
      const thumbhash = Buffer.from(picture.thumbhash, 'base64');
      if (!messages.setReady(outcome.jobId, { ...picture, thumbhash }, at)) return false;
      const notes = notesOf(context, job, outcome);
      if (notes.length > 0) messages.setNotes(outcome.jobId, notes);
      return true;
    }
    case 'replied':
      return messages.setReplied(outcome.jobId, outcome.text, at);
    case 'failed':
      return (
        postpone(context, job, outcome) ||
        messages.setEnded(outcome.jobId, statusOf(outcome), reasonOf(job, outcome), at, {
          requestId: job.requestId,
          ...outcome.details,
        })
      );
  }
}

function notesOf(
  { store }: ChatContext,
  job: Job,
  { warnings = [], answer, width, height, provider, model }: StoredPicture,
): PictureNote[] {
  const params = job.kind === 'text' ? null : job.params;
  const size = { width, height };
  const upscaled = params?.upscale && otherUpscaleSize(params.upscale, size);
  const other = !params?.upscale && params && otherShape(params, size, sizeOfEdit(store, params));
  const before = notesBefore(store, job);
  const leftOut = [...leftOutIn(before), ...warnings, ...(upscaled ? [upscaled] : [])];
  return [
    ...before.filter(({ code }) => staysBesideAnswer[code]),
    ...partNotes(provider, model, params?.edit),
    ...(answer?.words ? [{ code: 'answer_words' as const, text: answer.words }] : []),
    ...(leftOut.length > 0 ? [{ code: 'settings_left_out' as const, sentences: leftOut }] : []),
    ...(answer && answer.lost > 0 ? [{ code: 'answer_incomplete' as const, lost: answer.lost }] : []),
    ...(other ? [other] : []),
  ];
}

/** Whether a note from before the answer stays as it is. The others are joined with those of the answer, or made anew. */
const staysBesideAnswer: Readonly<Record<PictureNote['code'], boolean>> = {
  not_drawn: true,
  settings_left_out: false,
  part_not_exact: false,
  answer_words: false,
  answer_incomplete: false,
  other_shape: false,
};

/** Returns the notes that the picture has had since it was asked for, unless another service has made it. */
function notesBefore({ messages }: ChatContext['store'], job: Job): readonly PictureNote[] {
  const row = job.kind === 'text' ? undefined : messages.find(job.jobId);
  return row?.kind === 'image' ? (row.notes ?? []) : [];
}

function leftOutIn(notes: readonly PictureNote[]): SentenceOrText[] {
  return notes.flatMap((note) => (note.code === 'settings_left_out' ? note.sentences : []));
}

function reasonOf(job: Job, failed: FailedJob): FailedJob {
  return job.kind === 'text' ? aboutAnswer(failed) : failed;
}

/** Returns the outbox entries for the log and the gallery. A postponed job counts as an attempt, too. */
function outboxEntries(context: ChatContext, { job, outcome, requestedAt }: Ended): OutboxEntry[] {
  if (job.kind === 'text' || outcome.type === 'replied') return [];
  if (outcome.type === 'failed' && isOwnLimit(outcome.code)) return [];
  const { jobId } = job;
  const { requestId, provider, model } = outcome.type === 'stored' ? outcome : job;
  const charge = context.store.charges.find(requestId);
  const isPostponed = context.store.messages.find(jobId)?.status === 'pending';
  const attempt: OutboxEntry = {
    kind: 'attempt',
    row: {
      id: newId(),
      messageId: jobId,
      provider,
      model,
      outcome: isPostponed ? 'limited' : statusOf(outcome),
      errorCode: outcome.type === 'failed' ? outcome.code : null,
      requestedAt: charge?.requestedAt ?? requestedAt,
      durationMs: Math.round(outcome.durationMs),
      costMicroUsd: outcome.costMicroUsd,
    },
  };
  if (outcome.type === 'failed') return [attempt];
  const { file, width, height, bytes, thumbhash } = outcome;
  const params = JSON.stringify(job.params);
  return [
    attempt,
    {
      kind: 'user-image',
      // A picture has the id of its message everywhere.
      row: {
        id: jobId,
        messageId: jobId,
        file,
        width,
        height,
        bytes,
        thumbhash,
        prompt: job.prompt,
        provider,
        model,
        params,
        createdAt: context.now(),
        parentId: job.params.references?.[0] ?? null,
      },
    },
  ];
}

/** Adds duration and cost, because the log row that holds them is still in the outbox. */
function withFigures(message: Message, outcome: Outcome): Message {
  if (message.kind !== 'image' || outcome.type !== 'stored') return message;
  return { ...message, durationMs: Math.round(outcome.durationMs), costMicroUsd: outcome.costMicroUsd };
}
