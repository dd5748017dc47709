// Notices that the disk is full, and that it has room again.
import { statfsSync } from 'node:fs';

/** Less free space than this, in bytes, counts as none: SQLite and the screen need some to work at all. */
const enough = 8 * 1024 * 1024;

export type DiskRoomOptions = {
  /** @returns the free bytes for an ordinary person. */
  freeBytes: () => number;
  /** Runs `work` once, later. */
  after: (work: () => void) => void;
  /** Told when it changes. */
  onChange: (isFull: boolean) => void;
};

/** Starts quiet: only something that really could not be written makes the disk full. */
export function createDiskRoom({ freeBytes, after, onChange }: DiskRoomOptions) {
  let isFull = false;

  function look(): void {
    if (hasRoom()) {
      isFull = false;
      onChange(false);
    } else after(look);
  }
  function hasRoom(): boolean {
    try {
      return freeBytes() >= enough;
    } catch {
      // A disk that is away for the moment has no room.
      return false;
    }
  }

  return {
    /** Something could not be written for want of room. Asked again and again, it is watched once. */
    isFullNow(): void {
      if (isFull) return;
      isFull = true;
      onChange(true);
      after(look);
    },
    isFull: () => isFull,
    hasRoom,
  };
}

/** @returns the free bytes of the disk that holds `folder`. */
export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
