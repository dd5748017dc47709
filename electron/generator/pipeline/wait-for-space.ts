// Retries storing a picture on a full disk. Its bytes stay in memory meanwhile, because they may have been paid
// for.
import { failure, type Result } from '../../../shared/domain/errors';

/** Pause between two attempts (ms). */
export const fullDiskRetryMs = 2000;

export type WaitForSpaceOptions = {
  /** Called after each attempt that finds the disk full. */
  onFull: () => void;
  /** Resolves when the next attempt is due. Rejects if the signal is aborted first. */
  pause: () => Promise<unknown>;
  signal: AbortSignal;
};

/**
 * Repeats an attempt while it fails with `disk_full`.
 *
 * @returns the last result, or `cancelled` if the signal was aborted first.
 */
export async function waitForSpace<Value>(
  attempt: () => Promise<Result<Value>>,
  { onFull, pause, signal }: WaitForSpaceOptions,
): Promise<Result<Value>> {
  for (;;) {
    const result = await attempt();
    if (result.ok || result.code !== 'disk_full') return result;
    onFull();
    await pause().catch(() => {});
    if (signal.aborted) return failure('cancelled');
  }
}
