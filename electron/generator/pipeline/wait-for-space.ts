// Keeping a picture on a full disk: its bytes stay in memory until there is room, since they may have been paid for.
import { failure, type Result } from '../../../shared/domain/errors';

export type WaitForRoomOptions = {
  /** Told each time that there was no room. */
  onFull: () => void;
  /** Resolves after a while. Rejects where the signal is aborted meanwhile. */
  pause: () => Promise<unknown>;
  signal: AbortSignal;
};

/**
 * Does `work` again and again for as long as it fails with `disk_full`.
 *
 * @returns how it ended; `cancelled` where the user did not want to wait.
 */
export async function waitForRoom<Value>(
  work: () => Promise<Result<Value>>,
  { onFull, pause, signal }: WaitForRoomOptions,
): Promise<Result<Value>> {
  for (;;) {
    const result = await work();
    if (result.ok || result.code !== 'disk_full') return result;
    onFull();
    await pause().catch(() => {});
    if (signal.aborted) return failure('cancelled');
  }
}
