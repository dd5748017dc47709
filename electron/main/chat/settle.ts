// How work ends: the row, and what must follow from it, in one transaction. Only this file ends a picture.

import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { sentenceForAnswer } from '../../../shared/domain/errors';
import { type FailedJob, failedJob, type Job, type Outcome } from '../../../shared/generator/messages';
import type { BegunAhead } from '../db/generation-log';
import { newId } from '../db/new-id';
import type { OutboxEntry } from '../db/outbox';
import { faultPoint } from '../logging/fault-point';
import type { ChatContext } from './chat-context';
import { jobFor } from './job-for';
import { putOff, queueAgain } from './postpone';
import { placeholdersFor } from './requested-pictures';
import { isOwnLimit, statusOf } from './status-of';

/** A job that has ended, and when it was begun (UTC milliseconds). */
export type Ended = { job: Job; outcome: Outcome; requestedAt: number };

/**
 * Writes how a job ended: the message's row, and in the same transaction the log and gallery entries that are
 * to follow, and the placeholders of pictures that a reply asks for. When this returns it is on disk. Then the
 * screen is told, and what is to be made (again) is queued; killed before that, start-up finds the rows.
 *
 * @returns whether it ended now; false where the row had ended before or is gone, and nothing was changed.
 */
export function settle(context: ChatContext, given: Ended): boolean {
  const { store, metrics } = context;
  const started = performance.now();
  const wished = store.transaction(() => {
    const ahead = store.generationLog.findAhead(given.job.jobId);
    const ended = ahead ? asItLeft(given, ahead) : given;
    const requestedAt = ahead?.requestedAt ?? requestTime(context, ended);
    if (!endMessage(context, ended)) return null;
    keepCost(context, ended);
    const pictures = insertWished(context, ended);
    // Its own attempt takes the place of the one that was written when it was begun.
    if (ahead) store.generationLog.removeAhead(given.job.jobId);
    for (const entry of consequences(context, { ...ended, requestedAt })) {
      store.outbox.add(newId(), entry, context.now());
    }
    faultPoint('settle: in the transaction');
    return pictures;
  });
  if (!wished) return false;
  faultPoint('settle: committed');
  metrics.record('Settle a job', performance.now() - started);
  const { job, outcome } = given;
  if (outcome.type === 'stored') {
    metrics.record('Make and keep a picture', outcome.durationMs);
    metrics.record('Keep a picture', outcome.storeMs);
  }
  const message = store.messages.find(job.jobId);
  if (message) context.broadcast('message:updated', withFigures(message, outcome));
  if (wished.length > 0) context.broadcast('messages:added', wished);
  for (const picture of wished) context.enqueue(jobFor(context, picture, picture.prompt));
  if (message?.status === 'pending') queueAgain(context, message, job);
  return true;
}

/**
 * Ends a message with a picture that the gallery has already: no provider was asked and nothing is charged. Its log
 * row is written here and not by way of the outbox, since it is all that follows and nobody waits for it.
 *
 * @returns false where the row does not wait any more, or the picture has just left the gallery.
 */
export function settleReused(context: ChatContext, message: PictureMessage, pictureId: string): boolean {
  const { store } = context;
  const { id: messageId, provider, model } = message;
  const at = context.now();
  const attempt = { id: newId(), messageId, provider, model, errorCode: null, requestedAt: at };
  const settled = store.transaction(() => {
    if (!store.messages.setReused(messageId, pictureId, at)) return false;
    store.generationLog.insert({ ...attempt, outcome: 'ready', durationMs: 0, costMicroUsd: 0 }, pictureId);
    return true;
  });
  const answered = settled && store.messages.find(messageId);
  if (answered) context.broadcast('message:updated', answered);
  return settled;
}

/** What stopped or kept the message knows nothing of the draft: its request had left, and may be charged. */
function asItLeft(ended: Ended, { costMicroUsd }: BegunAhead): Ended {
  const { job, outcome } = ended;
  if (outcome.type !== 'failed' || outcome.costMicroUsd !== null) return ended;
  if (outcome.code === 'picture_not_stored') return { ...ended, outcome: { ...outcome, costMicroUsd } };
  if (outcome.code !== 'cancelled') return ended;
  return { ...ended, outcome: failedJob(job.jobId, 'cancelled_late', outcome.durationMs, costMicroUsd) };
}

/** What was cut off had been asked for when its row was last written, not when it was taken up again. */
function requestTime({ store }: ChatContext, { job, requestedAt }: Ended): number {
  return job.kind === 'recover' ? (store.messages.find(job.jobId)?.updatedAt ?? requestedAt) : requestedAt;
}

/** Of words; a picture's is in the log. A failure that costs zero is one whose price nobody knows. */
function keepCost({ store }: ChatContext, { job, outcome }: Ended): void {
  if (job.kind !== 'text' || outcome.costMicroUsd === null) return;
  if (outcome.type === 'failed' && outcome.costMicroUsd === 0) return;
  store.messages.addCost(job.jobId, outcome.costMicroUsd);
}

function insertWished(context: ChatContext, { outcome }: Ended): PictureMessage[] {
  if (outcome.type !== 'replied' || outcome.pictures.length === 0) return [];
  const answer = context.store.messages.find(outcome.jobId);
  if (answer?.kind !== 'text') return [];
  const wished = placeholdersFor(context, answer, outcome.pictures, context.now());
  for (const picture of wished) context.store.messages.insert(picture);
  return wished;
}

function endMessage(context: ChatContext, { job, outcome }: Ended): boolean {
  const { messages } = context.store;
  const at = context.now();
  switch (outcome.type) {
    case 'stored':
      return messages.setReady(
        outcome.jobId,
        { ...outcome, thumbhash: Buffer.from(outcome.thumbhash, 'base64') },
        at,
      );
    case 'replied':
      return messages.setReplied(outcome.jobId, outcome.text, at);
    case 'failed':
      return (
        putOff(context, job, outcome) ||
        messages.setEnded(outcome.jobId, statusOf(outcome), outcome.code, sentenceFor(job, outcome), at)
      );
  }
}

function sentenceFor(job: Job, { code, message }: FailedJob): string {
  return job.kind === 'text' ? sentenceForAnswer(code, message) : message;
}

/** What has to be written elsewhere because this job ended, or is put off: that was an attempt too. */
function consequences(context: ChatContext, { job, outcome, requestedAt }: Ended): OutboxEntry[] {
  if (job.kind === 'text' || outcome.type === 'replied') return [];
  if (outcome.type === 'failed' && isOwnLimit(outcome.code)) return [];
  const { jobId, provider, model } = job;
  const waits = context.store.messages.find(jobId)?.status === 'pending';
  const attempt: OutboxEntry = {
    kind: 'attempt',
    row: {
      id: newId(),
      messageId: jobId,
      provider,
      model,
      outcome: waits ? 'limited' : statusOf(outcome),
      errorCode: outcome.type === 'failed' ? outcome.code : null,
      requestedAt,
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
      // A picture has one id everywhere: its message's.
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
      },
    },
  ];
}

/** The log row with time and cost is still in the outbox when the screen is told, so they are added here. */
function withFigures(message: Message, outcome: Outcome): Message {
  if (message.kind !== 'image' || outcome.type !== 'stored') return message;
  return { ...message, durationMs: Math.round(outcome.durationMs), costMicroUsd: outcome.costMicroUsd };
}
