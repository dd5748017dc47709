// Pictures that a user brings in: which are known by their content, which are under way, and their gallery rows.
import type { Database } from 'better-sqlite3';
import { importedProvider } from '../../../shared/domain/read-recipe';
import type { ImportIntent, KeptImport } from '../../../shared/generator/importer-messages';

type IntentRow = ImportIntent & { contentHash: Buffer };

/** Where a picture of the same content is. */
export type Twin = 'gallery' | 'trash';

export function createImports(database: Database) {
  const intend = database.prepare<[string, string, Buffer, number]>(
    'INSERT INTO import_intents (id, name, content_hash, created_at) VALUES (?, ?, ?, ?)',
  );
  const intended = database.prepare<[], IntentRow>(
    `SELECT id, name, content_hash AS contentHash, created_at AS createdAt FROM import_intents ORDER BY id`,
  );
  const forget = database.prepare<[string]>('DELETE FROM import_intents WHERE id = ?');
  // Brought in a second time after a crash, or salvaged meanwhile: the first row stands.
  const insert = database.prepare<[Record<string, string | number | Buffer>]>(
    `INSERT OR IGNORE INTO user_images (id, file, width, height, bytes, thumbhash, prompt, provider, model,
                                        params, created_at, content_hash)
     SELECT @id, @file, @width, @height, @bytes, @thumbhash, @prompt, @provider, @model,
            @params, created_at, content_hash
     FROM import_intents WHERE id = @id`,
  );
  // One whose file is missing is welcome again.
  const twin = database
    .prepare<[Buffer], number>(
      `SELECT deleted_at IS NOT NULL AS isInTrash FROM user_images
       WHERE content_hash = ? AND purged_at IS NULL AND missing_at IS NULL ORDER BY isInTrash LIMIT 1`,
    )
    .pluck();
  const notHashed = database.prepare<[number, string, number], { id: string; file: string }>(
    `SELECT id, file FROM user_images
     WHERE bytes = ? AND content_hash IS NULL AND purged_at IS NULL AND id > ? ORDER BY id LIMIT ?`,
  );
  const setHash = database.prepare<[Buffer, string]>('UPDATE user_images SET content_hash = ? WHERE id = ?');

  return {
    /** Says that a picture is about to be written. Call it before its first byte is. */
    intend({ id, name, createdAt }: ImportIntent, contentHash: string): void {
      intend.run(id, name, Buffer.from(contentHash, 'hex'), createdAt);
    },
    /** @returns every picture that was under way. */
    intended(): ImportIntent[] {
      return intended.all().map(({ id, name, createdAt }) => ({ id, name, createdAt }));
    },
    forget(id: string): void {
      forget.run(id);
    },
    /** Puts an intended picture into the gallery. Call it inside a transaction. */
    land(id: string, { file, width, height, bytes, thumbhash, prompt, model, params }: KeptImport): void {
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
      forget.run(id);
    },
    /** @param contentHash in hexadecimal. */
    twin(contentHash: string): Twin | null {
      const isInTrash = twin.get(Buffer.from(contentHash, 'hex'));
      return isInTrash === undefined ? null : isInTrash === 1 ? 'trash' : 'gallery';
    },
    /** @returns pictures of this length whose content nobody has asked for yet, in order of their ids. */
    notHashed(bytes: number, after: string, limit: number): { id: string; file: string }[] {
      return notHashed.all(bytes, after, limit);
    },
    setHash(id: string, contentHash: string): void {
      setHash.run(Buffer.from(contentHash, 'hex'), id);
    },
  };
}
