// The image_generation_log table: one row an attempt.
import type { Database } from 'better-sqlite3';
import type { Attempt } from './outbox';

export function createGenerationLog(database: Database) {
  // The same attempt twice is the outbox drained twice: the first row stands.
  const insert = database.prepare<[Attempt & { pictureId: string | null }]>(
    `INSERT OR IGNORE INTO image_generation_log
       (id, message_id, provider, model, outcome, error_code, requested_at, duration_ms, cost_micro_usd,
        picture_id)
     VALUES (@id, @messageId, @provider, @model, @outcome, @errorCode, @requestedAt, @durationMs, @costMicroUsd,
             @pictureId)`,
  );
  const count = database.prepare<[], number>('SELECT count(*) FROM image_generation_log').pluck();

  return {
    /** @param pictureId the picture of the gallery that answered; null where a provider was asked. */
    insert(attempt: Attempt, pictureId: string | null = null): void {
      insert.run({ ...attempt, pictureId });
    },
    count(): number {
      return count.get() ?? 0;
    },
  };
}
