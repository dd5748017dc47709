// Stores bytes like a provider's answer to a request, for tests.
import type { Arrival } from '../../../shared/generator/arrivals';
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
