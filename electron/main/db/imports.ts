// Imports: finds duplicates by content, records imports in progress, and inserts gallery rows.
import type { Database } from 'better-sqlite3';
import { importedProvider } from '../../../shared/domain/read-recipe';
import type { ImportIntent, StoredImport } from '../../../shared/generator/importer-messages';
import { prepareQuery } from './prepare-query';
import type { RowOf } from './tables';
import type { PictureFile } from './trash';

/** A picture with the same content, and where it is. */
export type DuplicatePicture = { id: string; location: 'gallery' | 'trash' };

/** `isWatched`: the file is in a watched folder, so the next scan finds it again. */
export type StartedImport = ImportIntent & { isWatched: boolean };

type StoredIntent = Omit<ImportIntent, 'link'> & {
  linkedPath: string | null;
  linkedModifiedAt: number | null;
  watched: number;
};

export function createImportReads(database: Database) {
  const intents = prepareQuery<[], StoredIntent>(
    database,
    {
      ...{ id: 'id', name: 'name', createdAt: 'created_at' },
      ...{ linkedPath: 'linked_path', linkedModifiedAt: 'linked_modified_at', watched: 'watched' },
    },
    (list) => `SELECT ${list} FROM import_intents ORDER BY rowid`,
  );
  // A picture whose file is missing may be imported again.
  const findDuplicate = prepareQuery<[Buffer], { id: string; isInTrash: number }>(
    database,
    { id: 'id', isInTrash: 'deleted_at IS NOT NULL' },
    (list) => `SELECT ${list} FROM user_images
               WHERE content_hash = ? AND purged_at IS NULL AND missing_at IS NULL ORDER BY isInTrash LIMIT 1`,
  );
  // Ordered by id only for paging.
  const notHashed = prepareQuery<[{ bytes: number; after: string; limit: number }], PictureFile>(
    database,
    { id: 'id', file: 'file' },
    (list) => `SELECT ${list} FROM user_images
     WHERE bytes = @bytes AND content_hash IS NULL AND purged_at IS NULL AND id > @after
     ORDER BY id LIMIT @limit`,
  );

  return {
    /** Returns every picture whose import has started and has not been completed. */
    intents(): StartedImport[] {
      return intents.all().map(({ linkedPath, linkedModifiedAt, watched, ...intent }) => ({
        ...{ ...intent, isWatched: watched === 1 },
        ...(linkedPath !== null && { link: { path: linkedPath, modifiedAt: linkedModifiedAt ?? 0 } }),
      }));
    },
    /** @param contentHash in hexadecimal. */
    findDuplicate(contentHash: string): DuplicatePicture | null {
      const found = findDuplicate.get(Buffer.from(contentHash, 'hex'));
      return found ? { id: found.id, location: found.isInTrash === 1 ? 'trash' : 'gallery' } : null;
    },
    /** Returns pictures of this length whose content has not been hashed yet, in the order of their ids. */
    notHashed(bytes: number, after: string, limit: number): PictureFile[] {
      return notHashed.all({ bytes, after, limit });
    },
  };
}

type ImportedRow = RowOf<
  'user_images',
  'id' | 'file' | 'width' | 'height' | 'bytes' | 'thumbhash' | 'prompt' | 'provider' | 'model' | 'params'
>;

export function createImportWrites(database: Database) {
  const addIntent = database.prepare<[StoredIntent & { contentHash: Buffer }]>(
    `INSERT INTO import_intents (id, name, content_hash, created_at, linked_path, linked_modified_at, watched)
     VALUES (@id, @name, @contentHash, @createdAt, @linkedPath, @linkedModifiedAt, @watched)`,
  );
  const removeIntent = database.prepare<[string]>('DELETE FROM import_intents WHERE id = ?');
  // Keeps an existing row, inserted before a crash or by a rescue.
  const insert = database.prepare<[ImportedRow]>(
    `INSERT OR IGNORE INTO user_images (id, file, width, height, bytes, thumbhash, prompt, provider, model,
                                        params, created_at, content_hash, linked_path, linked_modified_at)
     SELECT @id, @file, @width, @height, @bytes, @thumbhash, @prompt, @provider, @model,
            @params, created_at, content_hash, linked_path, linked_modified_at
     FROM import_intents WHERE id = @id`,
  );
  const setHash = database.prepare<{ id: string; contentHash: Buffer }>(
    'UPDATE user_images SET content_hash = @contentHash WHERE id = @id',
  );

  return {
    /** Records that a picture is about to be written. Call before writing its first byte. */
    addIntent({ id, name, createdAt, link }: ImportIntent, contentHash: string, isWatched = false): void {
      addIntent.run({
        ...{ id, name, createdAt, contentHash: Buffer.from(contentHash, 'hex'), watched: Number(isWatched) },
        ...{ linkedPath: link?.path ?? null, linkedModifiedAt: link?.modifiedAt ?? null },
      });
    },
    removeIntent(id: string): void {
      removeIntent.run(id);
    },
    /** Adds a picture with an intent to the gallery. Call it inside a transaction. */
    complete(
      id: string,
      { file, width, height, bytes, thumbhash, prompt, model, params }: StoredImport,
    ): void {
      insert.run({
        id,
        file,
        width,
        height,
        bytes,
        thumbhash: Buffer.from(thumbhash, 'base64'),
        prompt,
        provider: importedProvider,
        model,
        params: JSON.stringify(params),
      });
      removeIntent.run(id);
    },
    /** @param contentHash in hexadecimal. */
    setHash(id: string, contentHash: string): void {
      setHash.run({ id, contentHash: Buffer.from(contentHash, 'hex') });
    },
  };
}
