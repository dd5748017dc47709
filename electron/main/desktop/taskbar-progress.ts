// How far the pictures that are being made have come, for the taskbar or the dock.

/** `done`: how many have ended since nothing was under way. `underWay`: ids. */
export type Progress = { done: number; underWay: ReadonlySet<string> };

export const nothingUnderWay: Progress = { done: 0, underWay: new Set() };

/**
 * @param picture that something has just been told of: the queue may not have it yet, or not any more.
 * @param queued ids of the pictures that wait or are being made.
 */
export function advance(
  before: Progress,
  picture: { id: string; isUnderWay: boolean },
  queued: readonly string[],
): Progress {
  const underWay = new Set(queued);
  if (picture.isUnderWay) underWay.add(picture.id);
  else underWay.delete(picture.id);
  if (underWay.size === 0) return nothingUnderWay;
  const hasEnded = !picture.isUnderWay && before.underWay.has(picture.id);
  return { done: before.done + (hasEnded ? 1 : 0), underWay };
}

/**
 * @param canBeIndeterminate whether the system shows work of unknown length: Windows does, others show it as full.
 * @returns what `BrowserWindow.setProgressBar` takes: below 0 for none, above 1 for unknown.
 */
export function progressBar({ done, underWay }: Progress, canBeIndeterminate: boolean): number {
  if (underWay.size === 0) return -1;
  if (done === 0) return canBeIndeterminate ? 2 : 0;
  return done / (done + underWay.size);
}
