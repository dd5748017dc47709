// Whether a file of the user's is still the one that a picture refers to.
import { lstat } from 'node:fs/promises';

/** A file as it was when its content was read last. */
export type KnownFile = {
  /** Absolute, without links. */
  path: string;
  bytes: number;
  /** UTC milliseconds. */
  modifiedAt: number;
};

type FileStats = { isFile: () => boolean; size: number; mtimeMs: number };

/** Returns whether there is a file with the same length and time at the path. A link to one does not count. */
export async function isUnchanged(file: KnownFile): Promise<boolean> {
  return lstat(file.path).then(
    (stats) => hasStats(file, stats),
    () => false,
  );
}

/** Returns whether a file has the size and the time of its last change that are known of it. */
export function hasStats({ bytes, modifiedAt }: KnownFile, stats: FileStats): boolean {
  return stats.isFile() && stats.size === bytes && Math.max(0, Math.round(stats.mtimeMs)) === modifiedAt;
}
