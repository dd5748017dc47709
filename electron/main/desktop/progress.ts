// How far the pictures that are being made have come, for the taskbar or the dock.

/** `done`: since nothing was under way. */
export type Progress = { done: number; underWay: number };

export const nothingUnderWay: Progress = { done: 0, underWay: 0 };

/**
 * @param underWay how many wait or are being made now.
 * @param hasEnded whether one has just ended.
 */
export function advance(before: Progress, underWay: number, hasEnded: boolean): Progress {
  if (underWay === 0) return nothingUnderWay;
  return { done: before.done + (hasEnded ? 1 : 0), underWay };
}

/**
 * @param canBeIndeterminate whether the system shows work of unknown length: Windows does, others show it as full.
 * @returns what `BrowserWindow.setProgressBar` takes: below 0 for none, above 1 for unknown.
 */
export function progressBar({ done, underWay }: Progress, canBeIndeterminate: boolean): number {
  if (underWay === 0) return -1;
  if (done === 0) return canBeIndeterminate ? 2 : 0;
  return done / (done + underWay);
}
