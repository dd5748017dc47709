// The image_generation_log table: one row for each attempt that has ended. Money is in the ledger, charges.ts.
import type { Database } from 'better-sqlite3';
import { columnsOf } from './columns';
import type { Attempt } from './outbox';
import { prepareQuery } from './prepare-query';
import type { RowOf } from './tables';

/** Maximum recent pictures from which a duration is estimated. */
const maxEstimatedFrom = 100;
/** Maximum recent pictures of a model that are searched for one resolution. */
const maxSearched = 2000;
const maxUsedModels = 200;

/** Exactly the condition of the index image_generation_log_by_model. */
const made = `outcome = 'ready' AND duration_ms > 0 AND picture_id IS NULL`;

export function createGenerationLogReads(database: Database) {
  const count = database.prepare<[], number>('SELECT count(*) FROM image_generation_log').pluck();
  const durations = database
    .prepare<{ provider: string; model: string; resolution: string; limit: number }, number>(
      `SELECT duration_ms FROM (
         SELECT l.duration_ms
         FROM (SELECT duration_ms, message_id, rowid AS arrival FROM image_generation_log
               WHERE provider = @provider AND model = @model AND outcome = 'ready' AND duration_ms > 0
                 AND picture_id IS NULL
               ORDER BY rowid DESC LIMIT ${maxSearched}) l
           LEFT JOIN messages m ON m.id = l.message_id
         WHERE CASE WHEN json_valid(m.params) THEN coalesce(json_extract(m.params, '$.resolution'), '1K')
                    ELSE '1K' END = @resolution
         ORDER BY l.arrival DESC LIMIT @limit) ORDER BY duration_ms`,
    )
    .pluck();
  // Each step looks up the next pair in the index, so that the number of pictures does not matter.
  const usedModels = prepareQuery<[{ limit: number }], RowOf<'image_generation_log', 'provider' | 'model'>>(
    database,
    columnsOf('image_generation_log', ['provider', 'model'], 'used'),
    (list) => `WITH RECURSIVE used (arrival, provider, model) AS (
       SELECT rowid, provider, model FROM image_generation_log
       WHERE rowid = (SELECT rowid FROM image_generation_log WHERE ${made} ORDER BY provider, model LIMIT 1)
       UNION ALL
       SELECT l.rowid, l.provider, l.model FROM used u JOIN image_generation_log l ON l.rowid = (
         SELECT rowid FROM image_generation_log
         WHERE ${made} AND (provider, model) > (u.provider, u.model) ORDER BY provider, model LIMIT 1))
     SELECT ${list} FROM used
     ORDER BY (SELECT max(rowid) FROM image_generation_log
               WHERE ${made} AND provider = used.provider AND model = used.model) DESC
     LIMIT @limit`,
  );
  const newestDurations = database
    .prepare<{ provider: string; model: string; limit: number }, number>(
      `SELECT duration_ms FROM (
         SELECT duration_ms FROM image_generation_log
         WHERE provider = @provider AND model = @model AND ${made}
         ORDER BY rowid DESC LIMIT @limit) ORDER BY duration_ms`,
    )
    .pluck();

  return {
    /** Returns the models that have made pictures, most recently used first. */
    usedModels(): { provider: string; model: string }[] {
      return usedModels.all({ limit: maxUsedModels });
    },
    /** Returns the durations of the newest pictures of this model, in milliseconds, shortest first. */
    newestDurations(provider: string, model: string): number[] {
      return newestDurations.all({ provider, model, limit: maxEstimatedFrom });
    },
    count(): number {
      return count.get() ?? 0;
    },
    /** Returns the durations of the newest pictures of this model and resolution, in milliseconds, shortest first. */
    durations(provider: string, model: string, resolution: string): number[] {
      return durations.all({ provider, model, resolution, limit: maxEstimatedFrom });
    },
  };
}

export function createGenerationLogWrites(database: Database) {
  // An entry of the outbox may arrive twice: the first row is kept.
  const insert = database.prepare<[Attempt & { pictureId: string | null }]>(
    `INSERT OR IGNORE INTO image_generation_log
       (id, message_id, provider, model, outcome, error_code, requested_at, duration_ms, cost_micro_usd,
        picture_id)
     VALUES (@id, @messageId, @provider, @model, @outcome, @errorCode, @requestedAt, @durationMs, @costMicroUsd,
             @pictureId)`,
  );

  // A salvage writes the attempt of a recipe with the id of its picture.
  const removeSalvaged = database.prepare<[string]>(
    'DELETE FROM image_generation_log WHERE id = ? AND id = message_id',
  );

  return {
    /**
     * Adds an attempt. One that has made the picture takes the place of what a salvage has written for it, which knew its
     * recipe only.
     *
     * @param pictureId the picture of the gallery that was reused; null if a provider was asked.
     */
    insert(attempt: Attempt, pictureId: string | null = null): void {
      if (attempt.outcome === 'ready') removeSalvaged.run(attempt.messageId);
      insert.run({ ...attempt, pictureId });
    },
  };
}
