// Moves entries from the outbox to their tables in batches, after any work that the user waits for.
import type { Store } from '../db/open';
import { attemptSchema, newUserImageSchema, type StoredEntry } from '../db/outbox';
import type { Broadcast } from '../ipc/broadcast';
import { faultPoint } from '../logging/fault-point';
import type { Metrics } from '../logging/metrics';

export type OutboxContext = { store: Store; broadcast: Broadcast; metrics: Metrics };

/** Maximum entries of one transaction, so that it keeps the main process busy for a few milliseconds only. */
export const batchSize = 50;

/**
 * Drains one batch. Entries leave the outbox in the transaction that writes their rows, and an existing row stays as it
 * is, so every entry arrives once, whatever crashes when. An entry that cannot be delivered is set aside and does not
 * block the others.
 *
 * @returns the number of entries taken.
 */
export function drainBatch(context: OutboxContext): number {
  const { store } = context;
  const started = performance.now();
  // Not flushed: after a power loss, the entries are still in the outbox.
  const { taken, added } = store.batch(() => {
    const entries = store.outbox.oldest(batchSize);
    const added = entries.flatMap((entry) => deliverOrSetAside(context, entry));
    if (entries.length > 0) faultPoint('drain: in the transaction');
    return { taken: entries.length, added };
  });
  if (taken === 0) return 0;
  faultPoint('drain: committed');
  // Not shown: a name in Diagnostics.
  context.metrics.record('Drain the outbox', performance.now() - started);
  const images = added.flatMap((id) => store.userImages.find(id) ?? []);
  if (images.length > 0) context.broadcast('gallery:added', images);
  return taken;
}

/** Returns the id of the picture that was added to the gallery, if any. */
function deliverOrSetAside(context: OutboxContext, entry: StoredEntry): string[] {
  const { store } = context;
  try {
    // The nested transaction is a savepoint: only the bad entry is rolled back.
    return store.transaction(() => {
      const added = deliver(context, entry);
      store.outbox.remove(entry.id);
      return added;
    });
  } catch (error) {
    if (!isEntryToBlame(error)) throw error;
    console.error(`Outbox entry ${entry.id} (${entry.kind}) cannot be delivered and is set aside:`, error);
    store.outbox.setAside(entry.id);
    return [];
  }
}

/** A full disk, a lock or an I/O error says nothing about the entry: https://www.sqlite.org/rescode.html */
function isEntryToBlame(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return !code.startsWith('SQLITE_') || code.startsWith('SQLITE_CONSTRAINT');
}

function deliver({ store }: OutboxContext, entry: StoredEntry): string[] {
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
