// Stores bytes like a provider's answer to a request, for tests.
import type { AnswerFacts } from '../../../shared/domain/answer-facts';
import type { Arrival } from '../../../shared/generator/arrivals';
import { sentence } from '../../../shared/languages/sentence';
import { localCodec } from '../codec/local-codec';
import { adoptArrival } from './adopt-arrival';
import { writeArrival } from './arrivals';
import { origin, pictureId } from './test-pictures';

export const requestId = '01930000-0000-7000-8000-00000000ff01';

/** The facts of the bytes in a test. */
export const arrival: Arrival = {
  requestId,
  jobId: pictureId,
  provider: 'google',
  model: origin.model,
  prompt: origin.prompt,
  params: origin.params,
  costMicroUsd: origin.costMicroUsd,
  mimeType: 'image/png',
  arrivedAt: origin.createdAt,
  durationMs: origin.durationMs,
};

/** Every fact that must stay with the bytes. A part of an answer has no parts of its own, which does not matter here. */
export const answerFacts: Required<AnswerFacts> = {
  signature: 'signed',
  warnings: [sentence('services.setting_refused', { name: 'quality' })],
  answer: { costMicroUsd: 24, parts: [], lost: 1, words: 'Here it is.' },
  partOf: { requestId, jobId: pictureId },
};

/** Returns a context that stores in this folder with the codec in the test's process. */
export function contextOf(dataFolder: string) {
  return { dataFolder, codec: localCodec };
}

/** Writes the bytes as they arrive, then stores them as a picture. */
export async function storeArrived(
  dataFolder: string,
  bytes: Uint8Array,
  facts: Partial<Arrival> = {},
  id: string = facts.jobId ?? pictureId,
) {
  const written = await writeArrival(dataFolder, { ...arrival, ...facts }, bytes);
  return written.ok ? adoptArrival(contextOf(dataFolder), id, written.value) : written;
}
