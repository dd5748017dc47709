// The tables watched_folders and watched_files: the watched folders, and the outcome for each of their files.
import type { Database } from 'better-sqlite3';
import { isSkipReason, type SkippedFile } from '../../../shared/domain/import';
import type { FolderChoice, ImportMode, ListedFile } from '../../../shared/domain/watched-folders';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { TableRow } from './tables';

export type FolderRow = FolderChoice & {
  id: string;
  /** Absolute, without links. */
  path: string;
  enabled: boolean;
};

/** The outcome for a file: its picture's content hash, or why it could not be imported, by which app version. */
export type FileOutcome =
  | { isTaken: true; contentHash: string }
  | { isTaken: false; reason: string; readBy: string };

const folderColumns = columnsOf('watched_folders', ['id', 'path', 'mode', 'subfolders', 'enabled']);
type StoredFolder = Pick<TableRow<'watched_folders'>, keyof typeof folderColumns>;
type StoredFile = TableRow<'watched_files'>;

const taken = 'taken';

export function createWatchedFolderReads(database: Database) {
  const list = prepareQuery<[], StoredFolder>(
    database,
    folderColumns,
    (columns) => `SELECT ${columns} FROM watched_folders ORDER BY created_at, id`,
  );
  const find = prepareQuery<
    [Omit<StoredFile, 'outcome' | 'content_hash' | 'read_by'>],
    Pick<StoredFile, 'outcome' | 'read_by'>
  >(
    database,
    { outcome: 'outcome', read_by: 'read_by' },
    (
      columns,
    ) => `SELECT ${columns} FROM watched_files WHERE folder_id = @folder_id AND path = @path AND bytes = @bytes
                  AND modified_at = @modified_at`,
  );
  /** Returns the record of a file in its current state. */
  const recorded = (folderId: string, { path, bytes, modifiedAt }: ListedFile) =>
    find.get({ folder_id: folderId, path, bytes, modified_at: modifiedAt });
  // Few files are unreadable, but SQLite would otherwise scan the whole folder.
  const unread = prepareQuery<[{ folderId: string; limit: number }], Pick<StoredFile, 'path' | 'outcome'>>(
    database,
    { path: 'path', outcome: 'outcome' },
    (columns) => `SELECT ${columns} FROM watched_files INDEXED BY watched_files_unread
                  WHERE folder_id = @folderId AND outcome <> '${taken}'
                  ORDER BY path LIMIT @limit`,
  );
  const unreadCount = database
    .prepare<[string], number>(
      `SELECT count(*) FROM watched_files INDEXED BY watched_files_unread WHERE folder_id = ? AND outcome <> '${taken}'`,
    )
    .pluck();
  // A picture whose file is missing still has a row, and may be imported again.
  const wasRemoved = database
    .prepare<{ hash: Buffer }, number>(
      `SELECT 1 FROM watched_files WHERE content_hash = @hash
         AND NOT EXISTS (SELECT 1 FROM user_images WHERE content_hash = @hash AND purged_at IS NULL) LIMIT 1`,
    )
    .pluck();

  return {
    list: (): FolderRow[] => list.all().map(toFolder),
    /**
     * Returns the files that were not read as they are now, by their length and the time of their last change, and those
     * that another version of the app could not read.
     */
    unknown(folderId: string, files: readonly ListedFile[], version: string): ListedFile[] {
      return files.filter((file) => {
        const known = recorded(folderId, file);
        return known === undefined || (known.outcome !== taken && known.read_by !== version);
      });
    },
    /** Returns whether a file was read as it is now, by whichever version. */
    wasRead: (folderId: string, file: ListedFile): boolean => recorded(folderId, file) !== undefined,
    /** Returns the first files that are no pictures, by their paths, and why. */
    unread(folderId: string, limit: number): SkippedFile[] {
      return unread.all({ folderId, limit }).map(({ path, outcome }) => ({
        name: path,
        reason: isSkipReason(outcome) ? outcome : 'unreadable',
      }));
    },
    unreadCount: (folderId: string): number => unreadCount.get(folderId) ?? 0,
    /** Returns whether this content was a picture that the user has deleted permanently. @param contentHash in hexadecimal. */
    wasRemoved: (contentHash: string): boolean =>
      wasRemoved.get({ hash: Buffer.from(contentHash, 'hex') }) !== undefined,
  };
}

export function createWatchedFolderWrites(database: Database) {
  const add = database.prepare<Omit<TableRow<'watched_folders'>, 'enabled' | 'scanned_at'>>(
    `INSERT INTO watched_folders (id, path, mode, subfolders, created_at)
     VALUES (@id, @path, @mode, @subfolders, @created_at)`,
  );
  const setEnabled = database.prepare<Pick<StoredFolder, 'id' | 'enabled'>>(
    'UPDATE watched_folders SET enabled = @enabled WHERE id = @id',
  );
  const setScanned = database.prepare<{ id: string; at: number }>(
    'UPDATE watched_folders SET scanned_at = @at WHERE id = @id',
  );
  const record = database.prepare<StoredFile>(
    `INSERT INTO watched_files (folder_id, path, bytes, modified_at, outcome, content_hash, read_by)
     VALUES (@folder_id, @path, @bytes, @modified_at, @outcome, @content_hash, @read_by)
     ON CONFLICT (folder_id, path) DO UPDATE SET bytes = excluded.bytes, modified_at = excluded.modified_at,
       outcome = excluded.outcome, content_hash = excluded.content_hash, read_by = excluded.read_by`,
  );
  const forget = database.prepare<Pick<StoredFile, 'folder_id' | 'path'>>(
    'DELETE FROM watched_files WHERE folder_id = @folder_id AND path = @path',
  );
  const forgetSome = database.prepare<{ folderId: string; limit: number }>(
    `DELETE FROM watched_files WHERE folder_id = @folderId AND path IN (
       SELECT path FROM watched_files WHERE folder_id = @folderId LIMIT @limit)`,
  );
  const remove = database.prepare<[string]>('DELETE FROM watched_folders WHERE id = ?');

  return {
    /** @param at UTC milliseconds. */
    add(id: string, path: string, { mode, subfolders }: FolderChoice, at: number): void {
      add.run({ id, path, mode, subfolders: Number(subfolders), created_at: at });
    },
    setEnabled(id: string, enabled: boolean): void {
      setEnabled.run({ id, enabled: Number(enabled) });
    },
    setScanned(id: string, at: number): void {
      setScanned.run({ id, at });
    },
    /** Records what became of a file, in place of what was known about its path. */
    record(folderId: string, { path, bytes, modifiedAt }: ListedFile, outcome: FileOutcome): void {
      record.run({
        ...{ folder_id: folderId, path, bytes, modified_at: modifiedAt },
        outcome: outcome.isTaken ? taken : outcome.reason,
        content_hash: outcome.isTaken ? Buffer.from(outcome.contentHash, 'hex') : null,
        read_by: outcome.isTaken ? null : outcome.readBy,
      });
    },
    /** Forgets a file that is gone. */
    forgetFile(folderId: string, path: string): void {
      forget.run({ folder_id: folderId, path });
    },
    /** Forgets up to `limit` files of a folder. Returns how many. */
    forgetFiles(folderId: string, limit: number): number {
      return forgetSome.run({ folderId, limit }).changes;
    },
    /** Removes a folder. Forget its files first, in steps: there may be many. */
    remove(id: string): void {
      remove.run(id);
    },
  };
}

function toFolder({ id, path, mode, subfolders, enabled }: StoredFolder): FolderRow {
  return {
    id,
    path,
    mode: modeOf(mode),
    subfolders: subfolders === 1,
    enabled: enabled === 1,
  };
}

/** Unknown modes of later versions count as `copy`. */
function modeOf(mode: string): ImportMode {
  return mode === 'link' ? 'link' : 'copy';
}
