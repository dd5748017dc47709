// The fingerprints table: finds similar pictures, and pictures without a fingerprint.
import type { Database } from 'better-sqlite3';
import { coloursEnd, fingerprintVersion } from '../../../shared/domain/fingerprints';
import { createAlikeIndex } from './alike-index';
import { createJoinStack } from './join-stack';
import { prepareQuery } from './prepare-query';
import type { PictureFile } from './trash';

/** Finds the pictures that look like another one. */
export type AlikeReads = {
  /** Returns the ids of fingerprints similar to a picture's, without its own, the most similar first. */
  alikeTo: (imageId: string) => number[];
};

/** Number of fingerprints loaded by one statement. */
const loadedAtOnce = 10_000;

/**
 * Loads the fingerprints into memory on first use, and new ones on each later use. SQLite concatenates them, because
 * reading 100,000 rows one by one takes ten times as long.
 */
export function createAlikeReads(database: Database): AlikeReads {
  const added = prepareQuery<[{ after: number; limit: number }], { ids: string; looks: string | null }>(
    database,
    { ids: 'json_group_array(id)', looks: `group_concat(hex(substr(bytes, 1, ${coloursEnd})), '')` },
    (list) => `SELECT ${list} FROM (
       SELECT id, bytes FROM fingerprints
       WHERE id > @after AND version = ${fingerprintVersion} AND bytes IS NOT NULL ORDER BY id LIMIT @limit)`,
  );
  const one = prepareQuery<[string], { id: number; bytes: Buffer }>(
    database,
    { id: 'id', bytes: 'bytes' },
    (list) => `SELECT ${list} FROM fingerprints
               WHERE image_id = ? AND version = ${fingerprintVersion} AND bytes IS NOT NULL`,
  );
  const index = createAlikeIndex();
  let last = 0;
  /** The latest result, because every page and every part of a statement needs it. */
  let known: { imageId: string; last: number; ids: number[] } | null = null;

  function readAdded(): void {
    for (;;) {
      const { ids: json, looks } = added.get({ after: last, limit: loadedAtOnce }) ?? {
        ids: '[]',
        looks: null,
      };
      const ids: number[] = JSON.parse(json);
      index.add(ids, Buffer.from(looks ?? '', 'hex'));
      last = ids.at(-1) ?? last;
      if (ids.length < loadedAtOnce) return;
    }
  }

  return {
    alikeTo(imageId) {
      const picture = one.get(imageId);
      if (!picture) return [];
      readAdded();
      if (known?.imageId !== imageId || known.last !== last) {
        known = { imageId, last, ids: index.alikeTo(picture.bytes).filter((id) => id !== picture.id) };
      }
      return known.ids;
    },
  };
}

export function createFingerprintReads(database: Database) {
  const unread = database
    .prepare<[], number>(`SELECT count(*) FROM fingerprints WHERE version < ${fingerprintVersion}`)
    .pluck();
  // The newest ones first, as the index has them.
  const next = prepareQuery<[number], PictureFile>(
    database,
    { id: 'u.id', file: 'u.file' },
    (list) => `SELECT ${list} FROM (
       SELECT image_id FROM fingerprints WHERE version < ${fingerprintVersion}
       ORDER BY version DESC, id DESC LIMIT ?) JOIN user_images u ON u.id = image_id`,
  );
  const unreadOne = prepareQuery<[string], PictureFile>(
    database,
    { id: 'u.id', file: 'u.file' },
    (list) => `SELECT ${list} FROM fingerprints JOIN user_images u ON u.id = image_id
               WHERE image_id = ? AND version < ${fingerprintVersion}`,
  );

  return {
    /** Returns how many pictures have no fingerprint yet. They are not found as similar. */
    unread: (): number => unread.get() ?? 0,
    /** Returns up to `limit` of them, the newest first. */
    nextUnread: (limit: number): PictureFile[] => next.all(limit),
    /** Returns a picture without a fingerprint. */
    unreadPicture: (imageId: string): PictureFile | undefined => unreadOne.get(imageId),
  };
}

export function createFingerprintWrites(database: Database) {
  const joinStack = createJoinStack(database);
  // A new row has the next number; see createAlikeReads.
  const remove = database.prepare<[string]>('DELETE FROM fingerprints WHERE image_id = ?');
  const insert = database.prepare<{ imageId: string; bytes: Buffer | null }>(
    `INSERT INTO fingerprints (image_id, version, bytes)
     SELECT id, ${fingerprintVersion}, @bytes FROM user_images WHERE id = @imageId`,
  );

  const forget = database.prepare<[string]>(
    'UPDATE fingerprints SET version = 0 WHERE image_id = ? AND version > 0 AND bytes IS NULL',
  );

  return {
    /** Queues a picture that could not be opened for another attempt. Returns whether it was one. */
    forgetUnreadable: (imageId: string): boolean => forget.run(imageId).changes === 1,
    /**
     * Stores a fingerprint, and puts the picture into the stack of its near duplicates. Call inside a transaction.
     *
     * @param bytes null if the picture could not be opened, so that it is not tried again and again.
     * @returns whether it is in a stack with other pictures.
     */
    write(imageId: string, bytes: Uint8Array | null): boolean {
      remove.run(imageId);
      const stored = bytes && Buffer.from(bytes);
      if (insert.run({ imageId, bytes: stored }).changes === 0) return false;
      return stored !== null && joinStack(imageId, stored);
    },
  };
}
