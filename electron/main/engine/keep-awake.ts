// Keeps the computer from going to sleep by itself while something is downloaded.

/** The parts of Electron's `powerSaveBlocker` that this file needs. */
export type SleepBlocker = { start: () => number; stop: (id: number) => void };

/** Returns what is told whether the computer has to stay awake. The screen may be switched off, and a lid closed. */
export function createKeepAwake({ start, stop }: SleepBlocker) {
  let id: number | null = null;
  return (isNeeded: boolean): void => {
    if (isNeeded && id === null) id = start();
    if (!isNeeded && id !== null) {
      stop(id);
      id = null;
    }
  };
}
