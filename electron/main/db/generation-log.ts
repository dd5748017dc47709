// The image_generation_log table: one row for each attempt. Limits, costs and estimates are computed from it.
import type { Database } from 'better-sqlite3';
import type { Columns } from './columns';
import { unfinishedStatuses } from './messages';
import type { Attempt } from './outbox';
import { prepareQuery } from './prepare-query';

/** A row with a `picture_id` reused a picture of the gallery: no request was sent. */
const wasRequested = 'picture_id IS NULL';

/** The errors of attempts that never reached a provider, which count toward no limit. */
const neverSent = `('cancelled', 'key_missing', 'unreachable', 'unknown_provider', 'rate_limited',
  'reference_gone', 'file_missing')`;

/**
 * The error code of a prefetched picture at a provider that charges. Its row is written before the request is sent,
 * under the prefetch's id, and replaced when the message that took the prefetch over ends.
 */
const prefetched = 'begun_ahead';
const isPrefetch = `error_code = '${prefetched}'`;

/** `costMicroUsd` is the cost of a failed attempt: zero if it is not known. */
export type PrefetchAttempt = { id: string; requestedAt: number; costMicroUsd: number };

/** A duration is estimated from this many of the newest pictures. */
const maxEstimatedFrom = 100;

export type DailyCost = {
  /** ISO 8601, in local time. */
  day: string;
  provider: string;
  pictures: number;
  costMicroUsd: number;
  /** Pictures whose price is not known: finished ones, and ones cut off after they may have been charged. */
  unpriced: number;
};

export function createGenerationLogReads(database: Database) {
  const count = database.prepare<[], number>('SELECT count(*) FROM image_generation_log').pluck();

  // An attempt that waits in the outbox counts too. One whose payload is not JSON has no provider.
  const queued = `SELECT CASE WHEN json_valid(payload) THEN payload ELSE '{}' END AS row
    FROM outbox WHERE kind = 'attempt'`;
  const field = (name: string) => `json_extract(row, '$.${name}')`;
  const requestTimes = database
    .prepare<{ provider: string; since: number }, number>(
      `SELECT requested_at FROM image_generation_log
       WHERE provider = @provider AND requested_at > @since AND ${wasRequested}
         AND coalesce(error_code, '') NOT IN ${neverSent}
       UNION ALL
       SELECT ${field('requestedAt')} FROM (${queued})
       WHERE ${field('provider')} = @provider AND ${field('requestedAt')} > @since
         AND coalesce(${field('errorCode')}, '') NOT IN ${neverSent}`,
    )
    .pluck();
  const spentOnPictures = database
    .prepare<{ from: number; to: number }, number>(
      `SELECT coalesce(sum(cost), 0) FROM (
         SELECT cost_micro_usd AS cost FROM image_generation_log
         WHERE requested_at >= @from AND requested_at < @to
         UNION ALL
         SELECT ${field('costMicroUsd')} FROM (${queued})
         WHERE ${field('requestedAt')} >= @from AND ${field('requestedAt')} < @to)`,
    )
    .pluck();
  const spentOnReplies = database
    .prepare<{ from: number; to: number }, number>(
      `SELECT coalesce(sum(cost_micro_usd), 0) FROM messages
       WHERE kind = 'text' AND cost_micro_usd > 0 AND updated_at >= @from AND updated_at < @to`,
    )
    .pluck();
  const pictureCosts: Columns<DailyCost> = {
    day: `date(requested_at / 1000, 'unixepoch', 'localtime')`,
    provider: 'provider',
    pictures: `sum(outcome = 'ready' AND ${wasRequested})`,
    costMicroUsd: 'coalesce(sum(cost_micro_usd), 0)',
    unpriced: `sum(${wasRequested} AND CASE outcome WHEN 'ready' THEN cost_micro_usd IS NULL
                                          ELSE coalesce(cost_micro_usd = 0, 0) END)`,
  };
  const costsOfPictures = prepareQuery<[number], DailyCost>(
    database,
    pictureCosts,
    (list) => `SELECT ${list} FROM image_generation_log WHERE requested_at >= ?
               GROUP BY day, provider ORDER BY day DESC, provider`,
  );
  // A reply's cost is in its message. The time it ended is close enough to the time of its request.
  const replyCosts: Columns<DailyCost> = {
    day: `date(updated_at / 1000, 'unixepoch', 'localtime')`,
    provider: `coalesce(provider, '')`,
    pictures: '0',
    costMicroUsd: 'sum(cost_micro_usd)',
    unpriced: '0',
  };
  const costsOfReplies = prepareQuery<[number], DailyCost>(
    database,
    replyCosts,
    (list) => `SELECT ${list} FROM messages
               WHERE kind = 'text' AND cost_micro_usd > 0 AND updated_at >= ?
               GROUP BY day, provider`,
  );
  const findPrefetch = prepareQuery<[string], PrefetchAttempt>(
    database,
    { id: 'id', requestedAt: 'requested_at', costMicroUsd: 'coalesce(cost_micro_usd, 0)' },
    (list) => `SELECT ${list} FROM image_generation_log WHERE message_id = ? AND ${isPrefetch}`,
  );
  const assignedPrefetches = database
    .prepare<[], string>(
      `SELECT l.id FROM messages m JOIN image_generation_log l ON l.message_id = m.id
       WHERE m.status IN ${unfinishedStatuses} AND l.${isPrefetch}`,
    )
    .pluck();
  const durations = database
    .prepare<{ provider: string; model: string; resolution: string; limit: number }, number>(
      `SELECT duration_ms FROM (
         SELECT l.duration_ms, l.requested_at
         FROM image_generation_log l LEFT JOIN messages m ON m.id = l.message_id
         WHERE l.provider = @provider AND l.model = @model AND l.outcome = 'ready' AND l.duration_ms > 0
           AND l.picture_id IS NULL
           AND CASE WHEN json_valid(m.params) THEN coalesce(json_extract(m.params, '$.resolution'), '1K')
                    ELSE '1K' END = @resolution
         ORDER BY l.requested_at DESC LIMIT @limit) ORDER BY duration_ms`,
    )
    .pluck();

  return {
    count(): number {
      return count.get() ?? 0;
    },
    /** Returns the times of this provider's picture requests after `since`; all in UTC milliseconds. */
    requestTimes(provider: string, since: number): number[] {
      return requestTimes.all({ provider, since });
    },
    /** Returns what was spent from `from` until before `to` (UTC milliseconds), in micro-dollars. */
    spent(from: number, to: number): number {
      return (spentOnPictures.get({ from, to }) ?? 0) + (spentOnReplies.get({ from, to }) ?? 0);
    },
    /** Returns the costs of each day since `from` (UTC milliseconds), latest first; days without any are left out. */
    costs(from: number): DailyCost[] {
      const lines = new Map(costsOfPictures.all(from).map((line) => [`${line.day} ${line.provider}`, line]));
      for (const line of costsOfReplies.all(from)) {
        const known = lines.get(`${line.day} ${line.provider}`);
        if (known) known.costMicroUsd += line.costMicroUsd;
        else lines.set(`${line.day} ${line.provider}`, line);
      }
      return [...lines.values()].sort((a, b) => (a.day < b.day ? 1 : -1));
    },
    /** Returns the durations of the newest pictures of this model and resolution, in milliseconds, shortest first. */
    durations(provider: string, model: string, resolution: string): number[] {
      return durations.all({ provider, model, resolution, limit: maxEstimatedFrom });
    },
    /** Returns the prefetch that a message has taken over, as long as its picture is unfinished. */
    findPrefetch(messageId: string): PrefetchAttempt | undefined {
      return findPrefetch.get(messageId);
    },
    /** Returns ids of the prefetches that unfinished messages have taken over. */
    assignedPrefetches(): string[] {
      return assignedPrefetches.all();
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
  const assignPrefetch = database.prepare<{ prefetchId: string; messageId: string }>(
    `UPDATE image_generation_log SET message_id = @messageId WHERE id = @prefetchId AND ${isPrefetch}`,
  );
  const removePrefetch = database.prepare<[string]>(
    `DELETE FROM image_generation_log WHERE message_id = ? AND ${isPrefetch}`,
  );
  const setPrefetchCost = database.prepare<{ prefetchId: string; costMicroUsd: number }>(
    `UPDATE image_generation_log SET cost_micro_usd = @costMicroUsd WHERE id = @prefetchId AND ${isPrefetch}`,
  );
  const failPrefetch = database.prepare<{ prefetchId: string; outcome: string; errorCode: string }>(
    `UPDATE image_generation_log SET outcome = @outcome, error_code = @errorCode, cost_micro_usd = NULL
     WHERE id = @prefetchId AND message_id = id AND ${isPrefetch}`,
  );

  return {
    /** @param pictureId the picture of the gallery that was reused; null if a provider was asked. */
    insert(attempt: Attempt, pictureId: string | null = null): void {
      insert.run({ ...attempt, pictureId });
    },
    /** Counts a prefetch as requested and paid, however it ends. Call it before the request is sent. */
    insertPrefetch(prefetch: PrefetchAttempt & Pick<Attempt, 'provider' | 'model'>): void {
      const ended = { outcome: 'cancelled', errorCode: prefetched, durationMs: 0, pictureId: null };
      insert.run({ ...prefetch, ...ended, messageId: prefetch.id });
    },
    /** Makes a message the owner of a prefetch. */
    assignPrefetch(prefetchId: string, messageId: string): void {
      assignPrefetch.run({ prefetchId, messageId });
    },
    /** Call it in the transaction that writes the message's own attempt, which replaces this row. */
    removePrefetch(messageId: string): void {
      removePrefetch.run(messageId);
    },
    /** @param costMicroUsd what the prefetch has cost; zero if it is not known. */
    setPrefetchCost(prefetchId: string, costMicroUsd: number): void {
      setPrefetchCost.run({ prefetchId, costMicroUsd });
    },
    /** Ends a prefetch that no message has taken over, failed without a charge. */
    failPrefetch(prefetchId: string, outcome: string, errorCode: string): void {
      failPrefetch.run({ prefetchId, outcome, errorCode });
    },
  };
}
