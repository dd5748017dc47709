// The outbox table: rows to be written to other tables later.

import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { serviceIdSchema } from '../../../shared/domain/services';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { RowOf } from './tables';

/** A future row of image_generation_log: one attempt at a picture. */
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
  /** Null if nothing can have been charged. */
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

/** A future row of user_images, which the gallery must be able to read. */
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
  provider: serviceIdSchema,
  model: z.string(),
  params: jsonText,
  createdAt: z.int(),
  /** The picture from which this one was made. Absent in entries of older versions, and if there is none. */
  parentId: z.uuid().nullable().optional(),
});
export type NewUserImage = z.infer<typeof newUserImageSchema>;

/** The kinds of entries. Each row has the id that it will have in its table. */
export type OutboxEntry = { kind: 'attempt'; row: Attempt } | { kind: 'user-image'; row: NewUserImage };

const columns = columnsOf('outbox', ['id', 'kind', 'payload']);
export type StoredEntry = RowOf<'outbox', keyof typeof columns>;

export function createOutboxReads(database: Database) {
  const oldest = prepareQuery<[number], StoredEntry>(
    database,
    columns,
    (list) => `SELECT ${list} FROM outbox WHERE kind NOT LIKE 'set-aside:%' ORDER BY rowid LIMIT ?`,
  );
  const count = database.prepare<[], number>('SELECT count(*) FROM outbox').pluck();

  return {
    oldest(limit: number): StoredEntry[] {
      return oldest.all(limit);
    },
    count(): number {
      return count.get() ?? 0;
    },
  };
}

export function createOutboxWrites(database: Database) {
  const insert = database.prepare<{ id: string; kind: string; payload: string; at: number }>(
    'INSERT INTO outbox (id, kind, payload, created_at) VALUES (@id, @kind, @payload, @at)',
  );
  const remove = database.prepare<[string]>('DELETE FROM outbox WHERE id = ?');
  const setAside = database.prepare<[string]>(`UPDATE outbox SET kind = 'set-aside:' || kind WHERE id = ?`);

  return {
    /** Call inside the transaction that the entry results from. */
    add(id: string, entry: OutboxEntry, at: number): void {
      insert.run({ id, kind: entry.kind, payload: JSON.stringify(entry.row), at });
    },
    remove(id: string): void {
      remove.run(id);
    },
    /** Keeps an entry that cannot be delivered, so that it does not block the others. */
    setAside(id: string): void {
      setAside.run(id);
    },
  };
}
