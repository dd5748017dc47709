// Makes a commit reach the disk itself where the system's fsync does not.
import type { Database } from 'better-sqlite3';

/**
 * On macOS `fsync` hands the data to the drive, which may keep it in its cache; `F_FULLFSYNC` makes it write:
 * https://www.sqlite.org/pragma.html#pragma_fullfsync. Node's own `fsync` does this by itself. Other systems ignore it.
 */
export function flushFully(database: Database, platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'darwin') return;
  database.pragma('fullfsync = ON');
  database.pragma('checkpoint_fullfsync = ON');
}
