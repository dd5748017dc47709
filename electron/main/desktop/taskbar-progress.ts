// The progress of the pictures in the queue, and of downloads, for the taskbar or the dock.
import type { EngineDownload } from '../../../shared/domain/engine';

/** `done` counts the pictures that have ended since the queue was last empty. `active` holds ids. */
export type Progress = { done: number; active: ReadonlySet<string> };

export const idleProgress: Progress = { done: 0, active: new Set() };

/**
 * Returns the progress after the state of a picture has changed.
 *
 * @param picture the changed picture, which the queue may not have yet or not any more.
 * @param queued ids of the pictures that wait or are being generated.
 */
export function advanceProgress(
  before: Progress,
  picture: { id: string; isActive: boolean },
  queued: readonly string[],
): Progress {
  const active = new Set(queued);
  if (picture.isActive) active.add(picture.id);
  else active.delete(picture.id);
  if (active.size === 0) return idleProgress;
  const hasEnded = !picture.isActive && before.active.has(picture.id);
  return { done: before.done + (hasEnded ? 1 : 0), active };
}

/**
 * @param canBeIndeterminate whether the system can show indeterminate progress; only Windows can, others show it full.
 * @returns the argument of `BrowserWindow.setProgressBar`: below 0 to hide the bar, above 1 for indeterminate.
 */
export function progressBarValue({ done, active }: Progress, canBeIndeterminate: boolean): number {
  if (active.size === 0) return -1;
  if (done === 0) return canBeIndeterminate ? 2 : 0;
  return done / (done + active.size);
}

/**
 * Returns the completed fraction of the running downloads, from 0 to 1; null if none is running or their size is
 * unknown. Paused and failed downloads do not count.
 */
export function downloadProgress(downloads: readonly EngineDownload[]): number | null {
  const running = downloads.filter(({ state }) => state !== 'paused' && state !== 'failed');
  const total = running.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  if (total === 0) return null;
  const received = running.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
  return Math.min(1, received / total);
}
