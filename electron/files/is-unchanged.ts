// Checks whether a user's file is still the one that a picture refers to.
import { lstat } from 'node:fs/promises';

/** A file's path and stats from when its content was last read. */
export type KnownFile = {
  /** Absolute, without links. */
  path: string;
  bytes: number;
  /** UTC milliseconds. */
  modifiedAt: number;
};

type FileStats = { isFile: () => boolean; size: number; mtimeMs: number };

/** Returns whether the path still has a file of the same size and modification time. A link does not count. */
export async function isUnchanged(file: KnownFile): Promise<boolean> {
  return lstat(file.path).then(
    (stats) => hasStats(file, stats),
    () => false,
  );
}

/** Returns whether a file's size and modification time are the known ones. */
export function hasStats({ bytes, modifiedAt }: KnownFile, stats: FileStats): boolean {
  return stats.isFile() && stats.size === bytes && Math.max(0, Math.round(stats.mtimeMs)) === modifiedAt;
}
