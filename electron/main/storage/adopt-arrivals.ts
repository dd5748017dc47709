// Adds paid pictures that no message wants to the gallery, such as a prefetch that was discarded after it had arrived.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { arrivalFile, arrivalsFolder, factsOf } from '../../../shared/domain/picture-files';
import { type Arrival, arrivalSchema } from '../../../shared/generator/arrivals';
import { isBilled } from '../../../shared/generator/billing';
import { filesIn } from './picture-folder';
import type { StorageContext } from './storage-context';

/** The user may still send the message of a prefetch. */
const minPrefetchAgeMs = 60 * 60 * 1000;
/** A message that has just ended may still be in work. */
const minAgeMs = 24 * 60 * 60 * 1000;

/**
 * Stores each of them under its request's id, as recovering does, and adds its row. Its charge was recorded when the request
 * left. After a crash in between, the picture is recovered from its recipe the next time, because the facts go last.
 *
 * @returns how many pictures were added.
 */
export async function adoptArrivals(context: StorageContext): Promise<number> {
  const { store, dataFolder, generator, broadcast, signal } = context;
  const adopted: string[] = [];
  for (const name of await filesIn(path.join(dataFolder, arrivalsFolder))) {
    if (!name.endsWith('.json') || signal.aborted) continue;
    const arrival = await readArrival(dataFolder, path.parse(name).name);
    if (!arrival || !isOrphan(context, arrival)) continue;
    const { requestId, provider, model, prompt, params } = arrival;
    const job = { kind: 'recover', jobId: requestId, requestId, provider, model, prompt, params } as const;
    const outcome = await generator.run(job);
    if (outcome.type !== 'stored' || signal.aborted) continue;
    const { file, width, height, bytes, thumbhash } = outcome;
    const picture = { file, width, height, bytes, thumbhash, prompt, provider, model };
    const row = { id: requestId, messageId: requestId, ...picture, params: JSON.stringify(params) };
    store.transaction(() => store.userImages.insert({ ...row, createdAt: arrival.arrivedAt }));
    adopted.push(requestId);
  }
  const images = adopted.flatMap((id) => store.userImages.find(id) ?? []);
  if (images.length > 0) broadcast('gallery:added', images);
  return adopted.length;
}

async function readArrival(dataFolder: string, requestId: string): Promise<Arrival | null> {
  try {
    const facts = await readFile(path.join(dataFolder, factsOf(arrivalFile(requestId))), 'utf8');
    const { data } = arrivalSchema.safeParse(JSON.parse(facts));
    return data?.requestId === requestId ? data : null;
  } catch {
    return null;
  }
}

function isOrphan({ store, now, startedAt, isHeld }: StorageContext, arrival: Arrival): boolean {
  const { requestId, jobId, arrivedAt } = arrival;
  const age = now() - arrivedAt;
  if (!isBilled(arrival) || isHeld(requestId)) return false;
  if (jobId === null) return arrivedAt < startedAt || age >= minPrefetchAgeMs;
  // As long as the message has no picture, a retry uses what has arrived, however old.
  const message = store.messages.find(jobId);
  return (message === undefined || message.status === 'ready') && age >= minAgeMs;
}
