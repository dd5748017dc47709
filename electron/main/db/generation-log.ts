// The image_generation_log table: one row an attempt. Limits, costs and estimates come from it.
import type { Database } from 'better-sqlite3';
import type { Attempt } from './outbox';

/** One that the gallery answered, with `picture_id`, was no request, and goes past the outbox. */
const asked = 'picture_id IS NULL';

/** How an attempt ends that never reached its provider: it counts towards no limit. */
const neverSent = `('cancelled', 'key_missing', 'unreachable', 'unknown_provider', 'rate_limited',
  'reference_gone', 'file_missing')`;

/**
 * A picture that was begun before it was asked for, at a provider that charges. Its row is there before its request
 * leaves, under the draft's id; it is replaced when a message that has taken the draft over ends.
 */
const begunAhead = 'begun_ahead';

/** `costMicroUsd` is as of an attempt that failed: zero where nobody knows what it may have cost. */
export type BegunAhead = { id: string; requestedAt: number; costMicroUsd: number };

/** So many of the newest pictures tell how long one takes. */
const estimatedFrom = 100;

export type DailyCost = {
  /** ISO 8601, in local time. */
  day: string;
  provider: string;
  pictures: number;
  costMicroUsd: number;
  /** Those whose price nobody knows: made, or cut off when they may have been charged. */
  unpriced: number;
};

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

  // An attempt that waits in the outbox has been made as well. One that is no JSON is nobody's.
  const waiting = `SELECT CASE WHEN json_valid(payload) THEN payload ELSE '{}' END AS row
    FROM outbox WHERE kind = 'attempt'`;
  const field = (name: string) => `json_extract(row, '$.${name}')`;
  const requestTimes = database
    .prepare<{ provider: string; since: number }, number>(
      `SELECT requested_at FROM image_generation_log
       WHERE provider = @provider AND requested_at > @since AND ${asked}
         AND coalesce(error_code, '') NOT IN ${neverSent}
       UNION ALL
       SELECT ${field('requestedAt')} FROM (${waiting})
       WHERE ${field('provider')} = @provider AND ${field('requestedAt')} > @since
         AND coalesce(${field('errorCode')}, '') NOT IN ${neverSent}`,
    )
    .pluck();
  const spent = database
    .prepare<{ from: number; to: number }, number>(
      `SELECT coalesce(sum(cost), 0) FROM (
         SELECT cost_micro_usd AS cost FROM image_generation_log
         WHERE requested_at >= @from AND requested_at < @to
         UNION ALL
         SELECT ${field('costMicroUsd')} FROM (${waiting})
         WHERE ${field('requestedAt')} >= @from AND ${field('requestedAt')} < @to)`,
    )
    .pluck();
  const costs = database.prepare<[number], DailyCost>(
    `SELECT date(requested_at / 1000, 'unixepoch', 'localtime') AS day, provider,
            sum(outcome = 'ready' AND ${asked}) AS pictures,
            coalesce(sum(cost_micro_usd), 0) AS costMicroUsd,
            sum(${asked} AND CASE outcome WHEN 'ready' THEN cost_micro_usd IS NULL
                                          ELSE coalesce(cost_micro_usd = 0, 0) END) AS unpriced
     FROM image_generation_log WHERE requested_at >= ?
     GROUP BY day, provider ORDER BY day DESC, provider`,
  );
  const isAhead = `error_code = '${begunAhead}'`;
  const handOver = database.prepare<[string, string]>(
    `UPDATE image_generation_log SET message_id = ? WHERE id = ? AND ${isAhead}`,
  );
  const ahead = database.prepare<[string], BegunAhead>(
    `SELECT id, requested_at AS requestedAt, coalesce(cost_micro_usd, 0) AS costMicroUsd
     FROM image_generation_log WHERE message_id = ? AND ${isAhead}`,
  );
  const handedOver = database
    .prepare<[], string>(
      `SELECT l.id FROM messages m JOIN image_generation_log l ON l.message_id = m.id
       WHERE m.status IN ('pending', 'generating', 'streaming') AND l.${isAhead}`,
    )
    .pluck();
  const removeAhead = database.prepare<[string]>(
    `DELETE FROM image_generation_log WHERE message_id = ? AND ${isAhead}`,
  );
  const setAheadCost = database.prepare<[number, string]>(
    `UPDATE image_generation_log SET cost_micro_usd = ? WHERE id = ? AND ${isAhead}`,
  );
  const failAhead = database.prepare<[string, string, string]>(
    `UPDATE image_generation_log SET outcome = ?, error_code = ?, cost_micro_usd = NULL
     WHERE id = ? AND message_id = id AND ${isAhead}`,
  );
  const durations = database
    .prepare<[string, string, string, number], number>(
      `SELECT duration_ms FROM (
         SELECT l.duration_ms, l.requested_at
         FROM image_generation_log l LEFT JOIN messages m ON m.id = l.message_id
         WHERE l.provider = ? AND l.model = ? AND l.outcome = 'ready' AND l.duration_ms > 0
           AND l.picture_id IS NULL
           AND CASE WHEN json_valid(m.params) THEN coalesce(json_extract(m.params, '$.resolution'), '1K')
                    ELSE '1K' END = ?
         ORDER BY l.requested_at DESC LIMIT ?) ORDER BY duration_ms`,
    )
    .pluck();
  // What words have cost stands on their row; when they ended is near enough to when they were asked for.
  const words = database.prepare<[number], DailyCost>(
    `SELECT date(updated_at / 1000, 'unixepoch', 'localtime') AS day, coalesce(provider, '') AS provider,
            0 AS pictures, sum(cost_micro_usd) AS costMicroUsd, 0 AS unpriced
     FROM messages WHERE kind = 'text' AND cost_micro_usd > 0 AND updated_at >= ?
     GROUP BY day, provider`,
  );
  const spentOnWords = database
    .prepare<[number, number], number>(
      `SELECT coalesce(sum(cost_micro_usd), 0) FROM messages
       WHERE kind = 'text' AND cost_micro_usd > 0 AND updated_at >= ? AND updated_at < ?`,
    )
    .pluck();

  return {
    /** @param pictureId the picture of the gallery that answered; null where a provider was asked. */
    insert(attempt: Attempt, pictureId: string | null = null): void {
      insert.run({ ...attempt, pictureId });
    },
    /** Counts a draft as asked for and paid, whatever comes of it. Call it before its request leaves. */
    beginAhead(draft: BegunAhead & Pick<Attempt, 'provider' | 'model'>): void {
      const ended = { outcome: 'cancelled', errorCode: begunAhead, durationMs: 0, pictureId: null };
      insert.run({ ...draft, ...ended, messageId: draft.id });
    },
    /** The draft is a message's now. */
    handOverAhead(prefetchId: string, messageId: string): void {
      handOver.run(messageId, prefetchId);
    },
    /** @returns the draft that a message has taken over and that has not ended as its picture. */
    findAhead(messageId: string): BegunAhead | undefined {
      return ahead.get(messageId);
    },
    /** @returns ids of the drafts that messages have taken over and still wait for. */
    handedOver(): string[] {
      return handedOver.all();
    },
    /** The message's own attempt takes the row's place: call it in the transaction that writes that. */
    removeAhead(messageId: string): void {
      removeAhead.run(messageId);
    },
    /** @param costMicroUsd what a draft has cost after all; zero where nobody knows. */
    setAheadCost(prefetchId: string, costMicroUsd: number): void {
      setAheadCost.run(costMicroUsd, prefetchId);
    },
    /** A draft that no message has taken over has failed, and nothing can have been charged. */
    failAhead(prefetchId: string, outcome: string, errorCode: string): void {
      failAhead.run(outcome, errorCode, prefetchId);
    },
    count(): number {
      return count.get() ?? 0;
    },
    /** @returns when this provider was asked for pictures after `since`; both UTC milliseconds. */
    requestTimes(provider: string, since: number): number[] {
      return requestTimes.all({ provider, since });
    },
    /** @returns what was spent from `from` until before `to` (UTC milliseconds), in micro-dollars. */
    spent(from: number, to: number): number {
      return (spent.get({ from, to }) ?? 0) + (spentOnWords.get(from, to) ?? 0);
    },
    /** @returns what each day since `from` (UTC milliseconds) has cost, the latest first; none where nothing was made. */
    costs(from: number): DailyCost[] {
      const lines = new Map(costs.all(from).map((line) => [`${line.day} ${line.provider}`, line]));
      for (const line of words.all(from)) {
        const known = lines.get(`${line.day} ${line.provider}`);
        if (known) known.costMicroUsd += line.costMicroUsd;
        else lines.set(`${line.day} ${line.provider}`, line);
      }
      return [...lines.values()].sort((a, b) => (a.day < b.day ? 1 : -1));
    },
    /** @returns how long the newest pictures of this model and resolution took, in milliseconds, the shortest first. */
    durations(provider: string, model: string, resolution: string): number[] {
      return durations.all(provider, model, resolution, estimatedFrom);
    },
  };
}
