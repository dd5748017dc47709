// The image_generation_log table: one row an attempt.
import type { Database } from 'better-sqlite3';
import type { Attempt } from './outbox';

export function createGenerationLog(database: Database) {
  // The same attempt twice is the outbox drained twice: the first row stands.
  const insert = database.prepare<[Attempt]>(
    `INSERT OR IGNORE INTO image_generation_log
       (id, message_id, provider, model, outcome, error_code, requested_at, duration_ms, cost_micro_usd)
     VALUES (@id, @messageId, @provider, @model, @outcome, @errorCode, @requestedAt, @durationMs, @costMicroUsd)`,
  );
  const count = database.prepare<[], number>('SELECT count(*) FROM image_generation_log').pluck();

  return {
    insert(attempt: Attempt): void {
      insert.run(attempt);
    },
    count(): number {
      return count.get() ?? 0;
    },
  };
}
