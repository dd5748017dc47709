// How far a download is.
import type { EngineDownload } from '../../../shared/domain/engine';
import { type ErrorCode, explanationOf, type Failure } from '../../../shared/domain/errors';
import type { createDownloadRate } from './download-rate';
import type { WantedDownload } from './wanted-downloads';

/** A download that is wanted, and how far it is. */
export type Download = WantedDownload & {
  label: string;
  state: EngineDownload['state'];
  receivedBytes: number;
  totalBytes: number;
  /** Disk space that the whole installation takes (bytes). */
  neededBytes: number;
  rate: ReturnType<typeof createDownloadRate>;
  failure: Failure | null;
};

/** Failures that may pass by themselves, and the wait before the next attempt (ms). */
export const retryAfterMs: Partial<Record<ErrorCode, number>> = {
  engine_disk_full: 15_000,
  engine_unreachable: 60_000,
  engine_connection_lost: 60_000,
};

const runningStates: ReadonlySet<EngineDownload['state']> = new Set(['downloading', 'checking', 'unpacking']);

/** Returns whether something of a download is on its way now. */
export function isRunning({ state }: Pick<Download, 'state'>): boolean {
  return runningStates.has(state);
}

/** Returns a download as the interface shows it. @param storedBytes what is on the disk of it. */
export function describeDownload(download: Download, storedBytes: number): EngineDownload {
  const { model, label, state, receivedBytes, totalBytes, rate, failure: reason } = download;
  const bytesPerSecond = state === 'downloading' ? rate.perSecond() : null;
  const secondsLeft =
    bytesPerSecond !== null && bytesPerSecond > 0 && totalBytes > 0
      ? Math.ceil((totalBytes - receivedBytes) / bytesPerSecond)
      : null;
  return {
    model,
    label,
    state,
    receivedBytes,
    totalBytes,
    storedBytes,
    bytesPerSecond,
    secondsLeft,
    ...(reason && { failure: { code: reason.code, ...explanationOf(reason) } }),
  };
}
