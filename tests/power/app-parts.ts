// The real modules that the recordings run, put together without Electron. Only this file knows how they are called.
import path from 'node:path';
import { recoverFromDisk } from '../../electron/generator/pipeline/recover-from-disk';
import { type StoredImage, storeImage } from '../../electron/generator/pipeline/store-image';
import { markGenerating } from '../../electron/main/chat/mark-generating';
import { sendMessage } from '../../electron/main/chat/send-message';
import { settle } from '../../electron/main/chat/settle';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { createTestContext, type TestContext } from '../../electron/main/test-support/test-context';
import type { PictureMessage } from '../../shared/domain/conversations';
import type { PictureJob } from '../../shared/generator/jobs';
import { failedJob } from '../../shared/generator/messages';

/** What each picture costs (micro-dollars). It is not the model's price, so it cannot be guessed after a loss. */
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
    conversationId: null,
    text,
    mode,
    aspectRatio: '1:1',
    count: 1,
    fresh: true,
  });
  if (!reply.ok) throw new Error(`The message was refused: ${reply.code}`);
  return reply.value.messages;
}

export function pictureJob({ id, provider, model, prompt, params }: PictureMessage): PictureJob {
  return { kind: 'picture', jobId: id, provider, model, prompt, params };
}

export function beginJob({ context }: TestContext, job: PictureJob): void {
  if (!markGenerating(context, job)) throw new Error('The picture did not wait.');
}

/** Stores what a provider answered, and derives the smaller versions. */
export async function storeAnswer(dataFolder: string, job: PictureJob, bytes: Uint8Array) {
  const { jobId: id, prompt, provider, model, params } = job;
  const facts = { costMicroUsd: pictureCost, durationMs: 6_000, createdAt: testNow };
  const stored = await storeImage(dataFolder, { id, prompt, provider, model, params, ...facts }, bytes);
  if (!stored.ok) throw new Error(`The picture could not be stored: ${stored.code}`);
  return { ...stored.value, ...facts };
}

type Answer = { image: StoredImage; costMicroUsd: number | null; durationMs: number };

export function settleStored(
  { context }: Pick<TestContext, 'context'>,
  job: PictureJob,
  answer: Answer,
): void {
  const { image, costMicroUsd, durationMs } = answer;
  const outcome = {
    type: 'stored',
    jobId: job.jobId,
    ...image,
    costMicroUsd,
    durationMs,
    storeMs: 1,
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
  for (const { id } of chat.store.messages.unfinished()) {
    const message = chat.store.messages.find(id);
    if (message?.kind !== 'image' || message.status !== 'generating') continue;
    const job = pictureJob(message);
    const recovered = await recoverFromDisk(dataFolder, { ...job, kind: 'recover' });
    if (recovered.ok)
      settleStored(chat, job, { ...recovered.value, durationMs: recovered.value.durationMs ?? 0 });
  }
}
