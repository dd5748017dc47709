// The real modules that the recordings run, put together without Electron. Only this file knows how they are called.
import path from 'node:path';
import { localCodec } from '../../electron/generator/codec/local-codec';
import { type AdoptedPicture, adoptArrival } from '../../electron/generator/pipeline/adopt-arrival';
import { writeArrival } from '../../electron/generator/pipeline/arrivals';
import { recoverFromDisk } from '../../electron/generator/pipeline/recover-from-disk';
import { recoveryOf } from '../../electron/main/chat/job-for';
import { markGenerating } from '../../electron/main/chat/mark-generating';
import { sendMessage } from '../../electron/main/chat/send-message';
import { settle } from '../../electron/main/chat/settle';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { newId } from '../../electron/main/db/new-id';
import { createTestContext, type TestContext } from '../../electron/main/test-support/test-context';
import type { PictureMessage } from '../../shared/domain/conversations';
import type { Job, PictureJob } from '../../shared/generator/jobs';
import { failedJob } from '../../shared/generator/messages';
import { newMessage } from '../harness/new-message';

/** Cost of each picture (micro-dollars). It differs from the model's price, so it cannot be guessed after a loss. */
export const pictureCost = 34_567;
export const testNow = Date.UTC(2026, 10, 22, 14, 2, 33);

export function databaseIn(dataFolder: string) {
  const file = path.join(dataFolder, 'afterimage.db');
  return { dataFolder, file, nativeBinding: nativeBinding(process.cwd()), now: () => testNow };
}

/** Opens the chat on the database of a folder, with a billed provider and no work running. */
export function openChat(dataFolder: string): TestContext {
  const chat = createTestContext(databaseIn(dataFolder).file);
  chat.world.provider = 'google';
  chat.world.now = testNow;
  return chat;
}

/** Sends a message and returns the rows that were acknowledged: the question, then its answer. */
export function send({ context }: TestContext, mode: 'picture' | 'auto', text: string) {
  const reply = sendMessage(context, {
    ...newMessage(),
    text,
    mode,
    aspectRatio: '1:1',
    fresh: true,
  });
  if (!reply.ok) throw new Error(`The message was refused: ${reply.code}`);
  return reply.value.messages;
}

export function pictureJob({ id, provider, model, prompt, params }: PictureMessage): PictureJob {
  return { kind: 'picture', jobId: id, requestId: newId(), provider, model, prompt, params };
}

export function beginJob({ context }: TestContext, job: PictureJob): void {
  if (!markGenerating(context, job, testNow)) throw new Error('The picture did not wait.');
}

/** Stores what a provider answered, and derives the smaller versions. */
export async function storeAnswer(dataFolder: string, job: PictureJob, bytes: Uint8Array) {
  const { jobId, requestId, prompt, provider, model, params } = job;
  const facts = { costMicroUsd: pictureCost, durationMs: 6_000, arrivedAt: testNow, mimeType: null };
  const arrival = { requestId, jobId, prompt, provider, model, params, ...facts };
  const written = await writeArrival(dataFolder, arrival, bytes);
  if (!written.ok) throw new Error(`The bytes could not be written: ${written.code}`);
  const stored = await adoptArrival({ dataFolder, codec: localCodec }, jobId, written.value);
  if (!stored.ok) throw new Error(`The picture could not be stored: ${stored.code}`);
  return stored.value;
}

type Answer = Pick<
  AdoptedPicture,
  'image' | 'requestId' | 'provider' | 'model' | 'costMicroUsd' | 'durationMs'
>;

export function settleStored({ context }: Pick<TestContext, 'context'>, job: Job, answer: Answer): void {
  const { image, requestId, provider, model, costMicroUsd, durationMs } = answer;
  const outcome = {
    type: 'stored' as const,
    ...{ jobId: job.jobId, requestId, provider, model },
    ...{ ...image, costMicroUsd, durationMs, storeMs: 1 },
  } as const;
  settle(context, { job, outcome, requestedAt: testNow });
}

export function settleFailed({ context }: TestContext, job: PictureJob): void {
  settle(context, { job, outcome: failedJob(job.jobId, 'refused', 5), requestedAt: testNow });
}

export function settleReply({ context }: TestContext, messageId: string, text: string): void {
  const job = {
    kind: 'text',
    jobId: messageId,
    requestId: newId(),
    provider: 'google',
    model: null,
    text: '',
    history: [],
  } as const;
  settle(context, {
    job,
    outcome: { type: 'replied', jobId: messageId, text, pictures: [], costMicroUsd: 12 },
    requestedAt: testNow,
  });
}

/** Does what a start does with pictures whose requests may have left: looks for them on disk. */
export async function recoverPictures(chat: TestContext, dataFolder: string): Promise<void> {
  for (const { id, status } of chat.store.messages.unfinished()) {
    const message = chat.store.messages.find(id);
    if (message?.kind !== 'image' || status !== 'generating') continue;
    const job = recoveryOf(chat.context, message);
    if (job.kind !== 'recover') continue;
    const recovered = await recoverFromDisk({ dataFolder, codec: localCodec }, job);
    if (recovered.ok) settleStored(chat, job, recovered.value);
  }
}
