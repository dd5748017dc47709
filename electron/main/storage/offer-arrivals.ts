// Finds the results of paid requests that are still on disk, and offers them to the dispatcher.
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { arrivalFile, arrivalsFolder, factsOf } from '../../../shared/domain/picture-files';
import { type Arrival, arrivalSchema } from '../../../shared/generator/arrivals';
import { isBilled } from '../../../shared/generator/billing';
import { filesIn } from './picture-folder';
import type { StorageContext } from './storage-context';

/**
 * Offers every paid arrival, such as a prefetch that was discarded after it had arrived. The dispatcher adds those
 * that no message uses to the gallery. Removes the facts of arrivals that are already in the gallery.
 */
export async function offerArrivals(context: StorageContext): Promise<void> {
  const { store, dataFolder, adopt, signal } = context;
  const found: Arrival[] = [];
  for (const name of await filesIn(path.join(dataFolder, arrivalsFolder))) {
    if (!name.endsWith('.json')) continue;
    const arrival = await readArrival(dataFolder, path.parse(name).name);
    if (signal.aborted) return;
    if (!arrival) continue;
    const file = path.join(dataFolder, arrivalFile(arrival.requestId));
    // The facts are removed last, so that a crash before the row is written leaves something to find.
    if (!existsSync(file) && store.userImages.find(arrival.requestId))
      await rm(factsOf(file), { force: true });
    else if (isBilled(arrival)) found.push(arrival);
  }
  if (found.length > 0) adopt(found);
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
