// Admits jobs within the user's own limits and monthly cap, before they are queued.

import type { PictureMessage, TextMessage } from '../../../shared/domain/conversations';
import type { ErrorCode } from '../../../shared/domain/errors';
import type { Limits } from '../../../shared/domain/limits';
import { highestPriceOf, priceOf } from '../../../shared/domain/model-lookup';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { hasKnownPrice } from '../../../shared/domain/token-prices';
import { isBilled } from '../../../shared/generator/billing';
import { type FailedJob, failedJob } from '../../../shared/generator/messages';
import { type Sentence, sentence } from '../../../shared/languages/sentence';
import type { ReadStore } from '../db/open';
import { admit, dayMs, minuteMs } from './rate-limit';

const maxMonthMs = 31 * dayMs;
/**
 * Maximum time that a picture waits for the limit per minute (ms). A picture that would wait longer is refused,
 * because a limit is also a safeguard against runaway requests.
 */
export const maxLimitWaitMs = minuteMs;

/**
 * Returns the times between which a charge counts in this month. The upper bound excludes charges with a time far in
 * the future, written under a wrong clock: they would count in every month until then.
 */
function monthOf(at: number): [from: number, to: number] {
  return [startOfMonth(at), at + maxMonthMs];
}

/** Returns what this month has cost. */
export function spentThisMonth({ charges }: Pick<ReadStore, 'charges'>, at: number): number {
  return charges.spent(...monthOf(at));
}

/** A picture that is to be requested. */
export type WantedPicture = Pick<PictureMessage, 'id' | 'provider' | 'model' | 'params'>;

export type AdmissionOptions = {
  store: Pick<ReadStore, 'charges' | 'messages'>;
  limits: (provider: ServiceId) => Limits;
  /** Micro-dollars per calendar month; null: no cap. */
  monthlyCap: () => number | null;
  /** Returns the admitted pictures whose requests have not been sent. */
  waitingPictures: () => readonly WantedPicture[];
  /** UTC milliseconds. */
  now: () => number;
};

/** Returns when pictures were requested from a provider in the last day; waiting ones count as requested now. */
export function requestTimesOf(
  {
    store,
    waitingPictures,
    now,
  }: Pick<AdmissionOptions, 'waitingPictures' | 'now'> & { store: Pick<ReadStore, 'charges'> },
  provider: ServiceId,
): number[] {
  const at = now();
  const waiting = waitingPictures().filter((picture) => picture.provider === provider);
  return [...store.charges.requestTimes(provider, at - dayMs), ...waiting.map(() => at)];
}

/**
 * Counts the ledger and the waiting pictures together, so that a burst is counted exactly: of 50 simultaneous
 * requests with a limit of 10, ten are admitted.
 *
 * @returns functions that return why a picture or a reply is refused now, or null. The cost of a reply is not known in
 *   advance: it is refused once the cap is reached. The cap does not stop requests whose price is unknown.
 */
export function createAdmission(options: AdmissionOptions) {
  const { store, limits, monthlyCap, waitingPictures, now } = options;

  function overLimit({ id, provider }: WantedPicture): FailedJob | null {
    const at = now();
    const allowed = limits(provider);
    const admitted = new Set(waitingPictures().map((picture) => picture.id));
    const slots = store.messages
      .limitSlots(provider, id)
      .flatMap((slot) => (admitted.has(slot.id) ? [] : slot.retryAt));
    const admission = admit(requestTimesOf({ ...options, now: () => at }, provider), allowed, at, slots);
    if (admission.ok) return null;
    const { window, freeAt } = admission;
    const limit = window === 'minute' ? allowed.perMinute : allowed.perDay;
    const rule = sentence('services.limit', {
      ...{ service: serviceOf(provider).name, count: limit ?? 0, window },
    });
    if (window === 'minute' && freeAt - at <= maxLimitWaitMs) {
      return { ...limited(id, 'limit_minute', rule), retryAfterMs: freeAt - at };
    }
    const tryAgain = sentence('services.limit_try_again', { rule, ...timeOf(freeAt, at) });
    return limited(id, window === 'minute' ? 'limit_minute' : 'limit_day', tryAgain);
  }

  /**
   * Returns this month's costs, including the prices of waiting pictures. A picture of unknown price counts as the
   * dearest one that its service is known to sell.
   */
  function spent(): number {
    const at = now();
    const unpriced = store.charges
      .unpricedPictures(...monthOf(at))
      .reduce((sum, { provider, count }) => sum + count * (highestPriceOf(provider) ?? 0), 0);
    const waiting = waitingPictures().reduce(
      (sum, { provider, model, params }) => sum + priceForCap(provider, model, params),
      0,
    );
    return spentThisMonth(store, at) + unpriced + waiting;
  }

  function overCap({ id, provider, model, params }: WantedPicture): FailedJob | null {
    const cap = monthlyCap();
    const price = priceForCap(provider, model, params);
    if (cap === null || price === 0 || spent() + price <= cap) return null;
    return limited(id, 'cap_reached', sentence('services.cap_picture', { at: nextMonth(now()) }));
  }

  return {
    spent,
    ofPicture: (picture: WantedPicture): FailedJob | null => overCap(picture) ?? overLimit(picture),
    ofReply({ id, provider, model }: Pick<TextMessage, 'id' | 'provider' | 'model'>): FailedJob | null {
      const cap = monthlyCap();
      if (cap === null || provider === null || model === null) return null;
      if (!isBilled({ provider }) || serviceOf(provider).free || !hasKnownPrice(provider, model, now()))
        return null;
      if (spent() < cap) return null;
      return limited(id, 'cap_reached', sentence('services.cap_reached', { at: nextMonth(now()) }));
    },
  };
}

/** Returns the price of a picture in micro-dollars; an unknown one counts as the dearest of its service. */
export function priceForCap(provider: ServiceId, model: string, params: PictureMessage['params']): number {
  return priceOf(provider, model, params) ?? highestPriceOf(provider) ?? 0;
}

function limited(jobId: string, code: ErrorCode, precise: Sentence): FailedJob {
  return failedJob(jobId, code, 0, null, precise);
}

/** Returns the start of the month in local time, in UTC milliseconds. */
export function startOfMonth(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), 1).getTime();
}

/** Returns the start of the next month in local time, in UTC milliseconds. */
function nextMonth(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth() + 1, 1).getTime();
}

/** Returns the start of the day in local time, in UTC milliseconds. */
function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Returns a time, rounded up, as a sentence says it: "at 14:32:10", "at 14:32 tomorrow" or "at 14:32 on Tuesday". */
function timeOf(at: number, now: number): { at: number; day: 'soon' | 'today' | 'tomorrow' | 'later' } {
  const isSoon = at - now < 10 * 60_000;
  const unit = isSoon ? 1000 : 60_000;
  const rounded = Math.ceil(at / unit) * unit;
  const day = startOfDay(rounded);
  const today = new Date(startOfDay(now));
  if (day <= today.getTime()) return { at: rounded, day: isSoon ? 'soon' : 'today' };
  // Counts days and not hours: two days of a year have 23 and 25.
  const tomorrow = new Date(today).setDate(today.getDate() + 1);
  return { at: rounded, day: day === tomorrow ? 'tomorrow' : 'later' };
}
