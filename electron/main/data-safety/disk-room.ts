// Tracks whether the disk is full.
import { statfsSync } from 'node:fs';

/** With less free space than this the disk counts as full, because SQLite and Chromium need some to work. */
const minFreeBytes = 8 * 1024 * 1024;

export type DiskRoomOptions = {
  /** Returns the free bytes for a user without special rights. */
  freeBytes: () => number;
  /** Runs `work` once, later. */
  after: (work: () => void) => void;
  /** Called when it changes. */
  onChange: (isFull: boolean) => void;
};

/** Assumes free space at first: only a failed write makes the disk full. */
export function createDiskRoom({ freeBytes, after, onChange }: DiskRoomOptions) {
  let isFull = false;

  function checkAgain(): void {
    if (hasRoom()) {
      isFull = false;
      onChange(false);
    } else after(checkAgain);
  }

  function hasRoom(): boolean {
    try {
      return freeBytes() >= minFreeBytes;
    } catch {
      // A disconnected disk has no room.
      return false;
    }
  }

  return {
    /** Call it when a write failed for lack of space. The free space is then read until there is enough. */
    setFull(): void {
      if (isFull) return;
      isFull = true;
      onChange(true);
      after(checkAgain);
    },
    isFull: () => isFull,
    hasRoom,
  };
}

/** Returns the free bytes of the disk that holds `folder`. */
export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
