// Flushes earlier unflushed commits to disk without blocking the process.
import { open } from 'node:fs/promises';
import type { Database } from 'better-sqlite3';

/**
 * Returns a function that resolves once every commit so far survives a power loss: once its pages in the WAL are on the disk,
 * or a checkpoint has flushed them into the database (https://www.sqlite.org/wal.html). The flush of a commit itself would
 * block the process, for a tenth of a second and longer while pictures are written. Closing the WAL releases no lock of
 * SQLite, which has none on that file. Never rejects.
 */
export function createFlushLog(database: Database): () => Promise<void> {
  const file = `${database.name}-wal`;
  let running = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= running.then(() => {
      next = null;
      running = flush(file);
      return running;
    });
    return next;
  };
}

async function flush(file: string): Promise<void> {
  // Without a WAL, there is nothing in it to flush.
  const handle = await open(file, 'r+').catch(() => null);
  try {
    await handle?.sync();
  } catch (error) {
    console.error('The latest changes could not be flushed to the disk:', error);
  } finally {
    await handle?.close();
  }
}
