// Tracks whether the disk is full.
import { statfsSync } from 'node:fs';

/** The disk counts as full below this, because SQLite and Chromium need some space to work (bytes). */
const minFreeBytes = 8 * 1024 * 1024;

export type DiskSpaceOptions = {
  /** Returns the bytes available to an unprivileged user. */
  freeBytes: () => number;
  /** Runs `work` once, later. */
  after: (work: () => void) => void;
  /** Called when the disk becomes full, or has free space again. */
  onChange: (isFull: boolean) => void;
};

/** Assumes free space at first: only a failed write marks the disk as full. */
export function createDiskSpaceMonitor({ freeBytes, after, onChange }: DiskSpaceOptions) {
  let isFull = false;

  function checkAgain(): void {
    if (hasFreeSpace()) {
      isFull = false;
      onChange(false);
    } else after(checkAgain);
  }

  function hasFreeSpace(): boolean {
    try {
      return freeBytes() >= minFreeBytes;
    } catch {
      // A disconnected disk counts as full.
      return false;
    }
  }

  return {
    /** Call when a write failed for lack of space. Free space is then polled until there is enough. */
    setFull(): void {
      if (isFull) return;
      isFull = true;
      onChange(true);
      after(checkAgain);
    },
    isFull: () => isFull,
    hasFreeSpace,
  };
}

/** Returns the free bytes of the disk that holds `folder`. */
export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
