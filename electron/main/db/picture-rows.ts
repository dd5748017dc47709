// Finds rows by their files, for reconciling and disk usage.
import { sep } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { KnownFile } from '../../files/is-unchanged';
import type { Columns } from './columns';
import { insertFromMessageSql } from './insert-from-messages';
import { prepareQuery } from './prepare-query';
import { unfinishedStatuses } from './unfinished-statuses';

export type PictureRow = {
  id: string;
  /** Relative to the data folder. */
  file: string;
  deletedAt: number | null;
  purgedAt: number | null;
  missingAt: number | null;
  /** The user's own file, absolute; null for a picture whose file is in the data folder. */
  linkedPath: string | null;
};

/** A picture whose file stays where it is. */
export type LinkedRow = KnownFile & { id: string; isMissing: boolean };

export function createPictureRowReads(database: Database) {
  const inFolder = prepareQuery<[{ start: string; end: string }], PictureRow>(
    database,
    {
      ...{ id: 'id', file: 'file', deletedAt: 'deleted_at', purgedAt: 'purged_at' },
      ...{ missingAt: 'missing_at', linkedPath: 'linked_path' },
    },
    (list) => `SELECT ${list} FROM user_images WHERE file >= @start AND file < @end`,
  );
  const notInGallery = database
    .prepare<{ start: string; end: string }, string>(
      `SELECT m.id FROM messages m WHERE m.image_file >= @start AND m.image_file < @end
       AND m.picture_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM user_images u WHERE u.id = m.id)`,
    )
    .pluck();
  const isKnown = database
    .prepare<{ id: string }, number>(
      `SELECT 1 FROM user_images WHERE id = @id
       UNION ALL SELECT 1 FROM messages WHERE id = @id
         AND (image_file IS NOT NULL OR status IN ${unfinishedStatuses}
           OR error_code IN ('picture_not_stored', 'cancelled_late')) LIMIT 1`,
    )
    .pluck();
  const hasFile = database
    .prepare<{ file: string }, number>(
      `SELECT 1 FROM user_images WHERE file = @file
       UNION ALL SELECT 1 FROM messages WHERE image_file = @file LIMIT 1`,
    )
    .pluck();
  const linked = prepareQuery<[LinkedPage], LinkedColumns>(
    database,
    linkedColumns,
    (list) => `SELECT ${list} FROM user_images
               WHERE linked_path >= @start AND linked_path < @end AND purged_at IS NULL
                 AND (linked_path, id) > (@afterPath, @afterId)
               ORDER BY linked_path, id LIMIT @limit`,
  );
  const linkedBytes = database
    .prepare<[], number>(
      `SELECT coalesce(sum(bytes), 0) FROM user_images
       WHERE linked_path IS NOT NULL AND deleted_at IS NULL AND purged_at IS NULL`,
    )
    .pluck();
  const linkedWith = prepareQuery<[Buffer], LinkedColumns>(
    database,
    linkedColumns,
    (list) => `SELECT ${list} FROM user_images
               WHERE content_hash = ? AND linked_path IS NOT NULL AND purged_at IS NULL`,
  );
  const missing = database
    .prepare<[], number>(
      `SELECT count(*) FROM user_images
       WHERE missing_at IS NOT NULL AND deleted_at IS NULL`,
    )
    .pluck();

  return {
    /** @param folder relative to the data folder, such as `images/0f`. @returns every row with a file in it. */
    inFolder(folder: string): PictureRow[] {
      return inFolder.all(pathsIn(folder));
    },
    /** Returns ids of pictures in this folder that have a message but no gallery row. */
    notInGallery(folder: string): string[] {
      return notInGallery.all(pathsIn(folder));
    },
    /**
     * Returns whether there is a picture with this id, finished or not, including one whose bytes a retry may use.
     */
    isKnown(id: string): boolean {
      return isKnown.get({ id }) !== undefined;
    },
    /** Returns whether a row has exactly this file. */
    hasFile(file: string): boolean {
      return hasFile.get({ file }) !== undefined;
    },
    /**
     * Returns pictures whose files stay in a folder or below it, in the order of their paths.
     *
     * @param folder absolute; null for every folder.
     * @param after the last one of the page before.
     */
    linked(folder: string | null, after: LinkedRow | null, limit: number): LinkedRow[] {
      const { start, end } = folder === null ? everyPath : pathsBelow(folder);
      return linked
        .all({ start, end, afterPath: after?.path ?? '', afterId: after?.id ?? '', limit })
        .map(toLinked);
    },
    /** Returns the linked pictures with this content, also those in Trash. @param contentHash in hexadecimal. */
    linkedWith: (contentHash: string): LinkedRow[] =>
      linkedWith.all(Buffer.from(contentHash, 'hex')).map(toLinked),
    /** Returns the total size of linked pictures' files (bytes). */
    linkedBytes: (): number => linkedBytes.get() ?? 0,
    /** Returns how many pictures of the gallery have no file. */
    missingCount(): number {
      return missing.get() ?? 0;
    },
  };
}

export function createPictureRowWrites(database: Database) {
  const addToGallery = database.prepare<[string]>(insertFromMessageSql);
  const setMissing = database.prepare<{ id: string; at: number | null }>(
    'UPDATE user_images SET missing_at = @at WHERE id = @id',
  );
  // Clears the content hash, because the new file was not compared with the old one.
  const setLocated = database.prepare<{ id: string; file: string; bytes: number }>(
    `UPDATE user_images SET file = @file, bytes = @bytes, missing_at = NULL, content_hash = NULL
     WHERE id = @id AND purged_at IS NULL`,
  );
  const setLink = database.prepare<{ id: string } & KnownFile>(
    `UPDATE user_images SET linked_path = @path, linked_modified_at = @modifiedAt, bytes = @bytes, missing_at = NULL
     WHERE id = @id AND linked_path IS NOT NULL AND purged_at IS NULL`,
  );
  const setContent = database.prepare<{ id: string; contentHash: Buffer }>(
    'UPDATE user_images SET content_hash = @contentHash WHERE id = @id',
  );
  const setLocatedInMessages = database.prepare<{ id: string; file: string; bytes: number }>(
    `UPDATE messages SET image_file = @file, bytes = @bytes
     WHERE image_file IS NOT NULL
       AND (id = (SELECT coalesce(message_id, id) FROM user_images WHERE id = @id) OR picture_id = @id)`,
  );

  return {
    /** Adds a picture to the gallery from its message alone. */
    addToGallery(id: string): void {
      addToGallery.run(id);
    },
    /** @param at UTC milliseconds; null if the file is there again. */
    setMissing(id: string, at: number | null): void {
      setMissing.run({ id, at });
    },
    /** Stores where the file of a linked picture is. @param contentHash in hexadecimal; absent: it is the same content. */
    setLink(id: string, { path, bytes, modifiedAt }: KnownFile, contentHash?: string): void {
      setLink.run({ id, path, bytes, modifiedAt });
      if (contentHash !== undefined) setContent.run({ id, contentHash: Buffer.from(contentHash, 'hex') });
    },
    /** Stores that the picture's file is there again, perhaps in another format. Call it inside a transaction. */
    setLocated(id: string, file: string, bytes: number): void {
      setLocated.run({ id, file, bytes });
      setLocatedInMessages.run({ id, file, bytes });
    },
  };
}

type LinkedPage = { start: string; end: string; afterPath: string; afterId: string; limit: number };

type LinkedColumns = {
  id: string;
  path: string | null;
  bytes: number;
  modifiedAt: number | null;
  missingAt: number | null;
};

const linkedColumns = {
  ...{ id: 'id', path: 'linked_path', bytes: 'bytes' },
  ...{ modifiedAt: 'linked_modified_at', missingAt: 'missing_at' },
} satisfies Columns<LinkedColumns>;

function toLinked({ id, path, bytes, modifiedAt, missingAt }: LinkedColumns): LinkedRow {
  return { id, path: path ?? '', bytes, modifiedAt: modifiedAt ?? 0, isMissing: missingAt !== null };
}

const everyPath = { start: '', end: '\u{10ffff}' };

/** Returns the range of all paths below a folder of this system. */
function pathsBelow(folder: string): { start: string; end: string } {
  const start = folder.endsWith(sep) ? folder : folder + sep;
  return { start, end: start.slice(0, -1) + String.fromCharCode(sep.charCodeAt(0) + 1) };
}

/** Returns the range of all paths in a folder: "0" is the character after "/". */
function pathsIn(folder: string): { start: string; end: string } {
  return { start: `${folder}/`, end: `${folder}0` };
}
