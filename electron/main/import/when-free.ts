// Lets the writes of an import wait while another program has locked the database, as requests do.
import { setTimeout as pause } from 'node:timers/promises';
import { retryWhileBusy } from '../ipc/requests';

/**
 * Writes as soon as the database is free, without keeping the main process waiting.
 *
 * @param signal aborted when the app quits: then nothing is written.
 * @throws what `write` throws; the lock's error if it lasts.
 */
export function whenFree(signal: AbortSignal, write: () => void): Promise<void> {
  return retryWhileBusy(() => {
    if (!signal.aborted) write();
  }, pause);
}
