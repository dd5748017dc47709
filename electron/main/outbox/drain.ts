// Moves what waits in the outbox to its tables, in batches, after everything that a user waits for.

import type { ChatContext } from '../chat/chat-context';
import { attemptSchema, newUserImageSchema, type StoredEntry } from '../db/outbox';
import { faultPoint } from '../logging/fault-point';

/** Most entries of one transaction, so that the main process is never away for long. */
const batchSize = 500;

/**
 * Drains one batch. The entries leave the outbox in the transaction that writes their rows, and a row that is
 * there already stays as it is: killed at any point, every entry arrives once. An entry that cannot be
 * delivered is set aside and does not hold up the others.
 *
 * @returns how many entries it took.
 */
export function drainBatch(context: ChatContext): number {
  const { store } = context;
  const started = performance.now();
  // Without a flush: what a loss of power takes back is in the outbox again.
  const { taken, added } = store.batch(() => {
    const entries = store.outbox.oldest(batchSize);
    const added = entries.flatMap((entry) => deliverOrSetAside(context, entry));
    if (entries.length > 0) faultPoint('drain: in the transaction');
    return { taken: entries.length, added };
  });
  if (taken === 0) return 0;
  faultPoint('drain: committed');
  context.metrics.record('Drain the outbox', performance.now() - started);
  const images = added.flatMap((id) => store.userImages.find(id) ?? []);
  if (images.length > 0) context.broadcast('gallery:added', images);
  return taken;
}

/** @returns the id of the picture that the gallery gained, if any. */
function deliverOrSetAside(context: ChatContext, entry: StoredEntry): string[] {
  const { store } = context;
  try {
    // A transaction within one is a savepoint: what a bad entry wrote goes back, the others stay.
    return store.transaction(() => {
      const added = deliver(context, entry);
      store.outbox.remove(entry.id);
      return added;
    });
  } catch (error) {
    console.error(`Outbox entry ${entry.id} (${entry.kind}) cannot be delivered and is set aside:`, error);
    store.outbox.setAside(entry.id);
    return [];
  }
}

function deliver({ store }: ChatContext, entry: StoredEntry): string[] {
  const row: unknown = JSON.parse(entry.payload);
  switch (entry.kind) {
    case 'attempt':
      store.generationLog.insert(attemptSchema.parse(row));
      return [];
    case 'user-image': {
      const image = newUserImageSchema.parse(row);
      store.userImages.insert(image);
      return [image.id];
    }
    default:
      throw new Error('unknown kind');
  }
}

/**
 * @param schedule runs work later, such as `setImmediate`.
 * @returns a function that asks for the outbox to be drained soon; asking twice drains once.
 */
export function createDrain(context: ChatContext, schedule: (work: () => void) => void): () => void {
  let scheduled = false;
  function request(): void {
    if (scheduled) return;
    scheduled = true;
    schedule(drain);
  }
  function drain(): void {
    scheduled = false;
    try {
      if (drainBatch(context) === batchSize) request();
    } catch (error) {
      // Nothing is lost: the entries are in the outbox, and the next thing that ends asks again.
      console.error('The outbox could not be drained:', error);
    }
  }
  return request;
}
