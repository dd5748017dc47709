// The ledger: one row for each request that was sent. Everything that shows or limits costs reads it.
import type { Database } from 'better-sqlite3';
import type { Columns } from './columns';
import { prepareQuery } from './prepare-query';
import { runToEnd, type Slices } from './slices';

export type ChargeKind = 'picture' | 'text';

/** A request that is about to be sent. */
export type NewCharge = {
  /** The id of the request. */
  id: string;
  kind: ChargeKind;
  /** Null while no message has taken over a prefetched picture. */
  messageId: string | null;
  provider: string;
  model: string | null;
  /** UTC milliseconds. */
  requestedAt: number;
  /** Its maximum cost; null if its price is unknown. */
  amountMicroUsd: number | null;
};

/**
 * How a request ended. `made`: with a picture or a reply. `refused`: by the provider's rate limit, so it counts
 * toward no limit. `failed`: in any other way.
 */
export type ChargeEnd = { state: 'made' | 'failed' | 'refused'; amountMicroUsd: number | null };

/** `state`: open until the request has ended. */
export type Charge = Pick<NewCharge, 'id' | 'messageId' | 'requestedAt' | 'amountMicroUsd'> & {
  state: 'open' | ChargeEnd['state'];
};

export type DailyCost = {
  /** ISO 8601, in local time. */
  day: string;
  provider: string;
  pictures: number;
  costMicroUsd: number;
  /** The number of requests of unknown price: finished ones, and interrupted ones that may have been charged. */
  unpriced: number;
};

export type UnpricedPictures = { provider: string; count: number };

const dailyCost: Columns<Omit<DailyCost, 'day'>> = {
  provider: 'provider',
  pictures: `sum(kind = 'picture' AND state = 'made')`,
  costMicroUsd: 'coalesce(sum(amount_micro_usd), 0)',
  unpriced: 'sum(amount_micro_usd IS NULL)',
};

const chargeColumns: Columns<Charge> = {
  id: 'id',
  messageId: 'message_id',
  requestedAt: 'requested_at',
  amountMicroUsd: 'amount_micro_usd',
  state: 'state',
};

export function createChargeReads(database: Database) {
  const requestTimes = database
    .prepare<{ provider: string; since: number }, number>(
      `SELECT requested_at FROM charges
       WHERE provider = @provider AND requested_at > @since AND kind = 'picture' AND state <> 'refused'`,
    )
    .pluck();
  const spent = database
    .prepare<{ from: number; to: number }, number>(
      'SELECT sum(amount_micro_usd) FROM charges WHERE requested_at >= @from AND requested_at < @to',
    )
    .pluck();
  const unpriced = prepareQuery<[{ from: number; to: number }], UnpricedPictures>(
    database,
    { provider: 'provider', count: 'count(*)' },
    (list) => `SELECT ${list} FROM charges
               WHERE requested_at >= @from AND requested_at < @to
                 AND amount_micro_usd IS NULL AND kind = 'picture' AND state <> 'refused'
               GROUP BY provider`,
  );
  const inRange = prepareQuery<[{ from: number; to: number }], Omit<DailyCost, 'day'>>(
    database,
    dailyCost,
    (list) => `SELECT ${list} FROM charges WHERE requested_at >= @from AND requested_at < @to
               GROUP BY provider HAVING pictures > 0 OR costMicroUsd > 0 OR unpriced > 0
               ORDER BY provider`,
  );
  const latestBefore = database
    .prepare<[number], number | null>('SELECT max(requested_at) FROM charges WHERE requested_at < ?')
    .pluck();

  /** Reads one day at a time by the index on times, because computing each row's day would dominate the cost. */
  function* dailyInSlices(): Slices<DailyCost[]> {
    const found: DailyCost[] = [];
    let before = Number.MAX_SAFE_INTEGER;
    while (true) {
      const latest = latestBefore.get(before) ?? null;
      if (latest === null) return found;
      const date = new Date(latest);
      const start = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
      const day = formatDay(date);
      found.push(...inRange.all({ from: start, to: before }).map((cost) => ({ day, ...cost })));
      before = start;
      yield;
    }
  }
  const find = prepareQuery<[string], Charge>(
    database,
    chargeColumns,
    (list) => `SELECT ${list} FROM charges WHERE id = ?`,
  );
  const ofMessage = prepareQuery<[string], Charge>(
    database,
    chargeColumns,
    (list) => `SELECT ${list} FROM charges WHERE message_id = ? ORDER BY rowid DESC`,
  );

  return {
    /** Returns the times of this provider's picture requests after `since`; all in UTC milliseconds. */
    requestTimes(provider: string, since: number): number[] {
      return requestTimes.all({ provider, since });
    },
    /**
     * Returns what was spent, in micro-dollars, and what may have been spent.
     *
     * @param from @param to UTC milliseconds; `to` is not included.
     */
    spent(from: number, to = Number.MAX_SAFE_INTEGER): number {
      return spent.get({ from, to }) ?? 0;
    },
    /**
     * Returns how many pictures have an unknown price, for each service.
     *
     * @param from @param to UTC milliseconds; `to` is not included.
     */
    unpricedPictures(from: number, to: number): UnpricedPictures[] {
      return unpriced.all({ from, to });
    },
    /** Returns the costs of each day, latest first; days without any are left out. */
    daily: (): DailyCost[] => runToEnd(dailyInSlices()),
    dailyInSlices,
    find(id: string): Charge | undefined {
      return find.get(id);
    },
    /** Returns the requests that were made for a message, the latest first. */
    ofMessage(messageId: string): Charge[] {
      return ofMessage.all(messageId);
    },
  };
}

export function createChargeWrites(database: Database) {
  const open = database.prepare<[NewCharge]>(
    `INSERT INTO charges (id, kind, message_id, provider, model, requested_at, state, amount_micro_usd)
     VALUES (@id, @kind, @messageId, @provider, @model, @requestedAt, 'open', @amountMicroUsd)
     ON CONFLICT (id) DO UPDATE SET message_id = coalesce(message_id, excluded.message_id)`,
  );
  const assign = database.prepare<{ id: string; messageId: string }>(
    'UPDATE charges SET message_id = @messageId WHERE id = @id AND message_id IS NULL',
  );
  const end = database.prepare<[ChargeEnd & { id: string }]>(
    `UPDATE charges SET state = @state, amount_micro_usd = @amountMicroUsd WHERE id = @id AND state <> 'made'`,
  );
  const remove = database.prepare<[string]>(`DELETE FROM charges WHERE id = ? AND state = 'open'`);

  return {
    /** Call in the transaction after which the request is sent. Keeps an existing row. */
    open(charge: NewCharge): void {
      open.run(charge);
    },
    /** Makes a message the owner of a prefetched picture's request. */
    assign(id: string, messageId: string): void {
      assign.run({ id, messageId });
    },
    /** Ends a request. One that was made stays as it is, so that adopting its file again adds no charge. */
    end(id: string, { state, amountMicroUsd }: ChargeEnd): void {
      end.run({ id, state, amountMicroUsd });
    },
    /** Removes a request that was certainly not sent. */
    remove(id: string): void {
      remove.run(id);
    },
  };
}

/** Formats a day in local time, such as "2026-11-28". */
function formatDay(date: Date): string {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day}`;
}
