// The outbox table: what a transaction has promised to write elsewhere.
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { providerIdSchema } from '../../../shared/domain/models';

/** A row of image_generation_log to be: one attempt at a picture. */
export const attemptSchema = z.strictObject({
  id: z.uuid(),
  messageId: z.uuid(),
  provider: z.string(),
  model: z.string(),
  /** The status that the attempt ended with. */
  outcome: z.string(),
  errorCode: z.string().nullable(),
  /** UTC milliseconds. */
  requestedAt: z.int(),
  durationMs: z.int(),
  /** Null where nothing can have been charged. */
  costMicroUsd: z.int().nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

const jsonText = z.string().refine((text) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}, 'not JSON');

/** A row of user_images to be. It has to be one that the gallery can read again. */
export const newUserImageSchema = z.strictObject({
  id: z.uuid(),
  messageId: z.uuid(),
  /** Relative to the data folder. */
  file: z.string(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  /** Base64. */
  thumbhash: z.string(),
  prompt: z.string(),
  provider: providerIdSchema,
  model: z.string(),
  params: jsonText,
  createdAt: z.int(),
});
export type NewUserImage = z.infer<typeof newUserImageSchema>;

/** What can wait in the outbox, by kind. Each row carries the id that it will have in its table. */
export type OutboxEntry = { kind: 'attempt'; row: Attempt } | { kind: 'user-image'; row: NewUserImage };

export type StoredEntry = { id: string; kind: string; payload: string };

export function createOutbox(database: Database) {
  const insert = database.prepare<[string, string, string, number]>(
    'INSERT INTO outbox (id, kind, payload, created_at) VALUES (?, ?, ?, ?)',
  );
  const oldest = database.prepare<[number], StoredEntry>(
    `SELECT id, kind, payload FROM outbox WHERE kind NOT LIKE 'set-aside:%' ORDER BY id LIMIT ?`,
  );
  const remove = database.prepare<[string]>('DELETE FROM outbox WHERE id = ?');
  const setAside = database.prepare<[string]>(`UPDATE outbox SET kind = 'set-aside:' || kind WHERE id = ?`);
  const count = database.prepare<[], number>('SELECT count(*) FROM outbox').pluck();

  return {
    /** Call it inside the transaction that makes the entry true. */
    add(id: string, entry: OutboxEntry, at: number): void {
      insert.run(id, entry.kind, JSON.stringify(entry.row), at);
    },
    oldest(limit: number): StoredEntry[] {
      return oldest.all(limit);
    },
    remove(id: string): void {
      remove.run(id);
    },
    /** Keeps an entry that cannot be delivered, out of the way of the others. */
    setAside(id: string): void {
      setAside.run(id);
    },
    count(): number {
      return count.get() ?? 0;
    },
  };
}
