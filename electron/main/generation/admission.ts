// Admits jobs within the user's own limits and monthly cap, before they are queued.

import type { PictureMessage, TextMessage } from '../../../shared/domain/conversations';
import type { ErrorCode } from '../../../shared/domain/errors';
import type { Limits } from '../../../shared/domain/limits';
import { dearestPriceOf, priceOf } from '../../../shared/domain/model-lookup';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { hasKnownPrice } from '../../../shared/domain/token-prices';
import { isBilled } from '../../../shared/generator/billing';
import { type FailedJob, failedJob } from '../../../shared/generator/messages';
import type { ReadStore } from '../db/open';
import { admit, dayMs } from './rate-limit';

const maxMonthMs = 31 * dayMs;

/**
 * Returns what this month has cost. A charge of the distant future was opened under a wrong clock, and would otherwise
 * count in every month until then.
 */
export function spentThisMonth({ charges }: AdmissionOptions['store'], at: number): number {
  return charges.spent(startOfMonth(at), at + maxMonthMs);
}

/** A picture that is to be requested. */
export type WantedPicture = Pick<PictureMessage, 'id' | 'provider' | 'model' | 'params'>;

export type AdmissionOptions = {
  store: Pick<ReadStore, 'charges'>;
  limits: (provider: ServiceId) => Limits;
  /** Micro-dollars per calendar month; null: no cap. */
  monthlyCap: () => number | null;
  /** Returns the pictures that were admitted and whose requests have not left. */
  waitingPictures: () => readonly WantedPicture[];
  /** UTC milliseconds. */
  now: () => number;
};

/** Returns when pictures were requested from a provider in the last day; what waits counts as requested now. */
export function requestTimesOf(
  { store, waitingPictures, now }: Pick<AdmissionOptions, 'store' | 'waitingPictures' | 'now'>,
  provider: ServiceId,
): number[] {
  const at = now();
  const waiting = waitingPictures().filter((picture) => picture.provider === provider);
  return [...store.charges.requestTimes(provider, at - dayMs), ...waiting.map(() => at)];
}

/**
 * Counts the ledger and what waits together, so that a burst is counted exactly: of 50 requests at once with a limit of
 * 10, ten are admitted.
 *
 * @returns functions that return why a picture or a reply is refused now, or null. The cost of a reply is not known in
 *   advance: it is refused once the cap is reached. The cap does not stop what no price is known for.
 */
export function createAdmission(options: AdmissionOptions) {
  const { store, limits, monthlyCap, waitingPictures, now } = options;

  function overLimit({ id, provider }: WantedPicture): FailedJob | null {
    const at = now();
    const allowed = limits(provider);
    const admission = admit(requestTimesOf(options, provider), allowed, at);
    if (admission.ok) return null;
    const isMinute = admission.window === 'minute';
    const limit = isMinute ? allowed.perMinute : allowed.perDay;
    const sentence =
      `Your limit for ${serviceOf(provider).name} is ${limit} ${limit === 1 ? 'picture' : 'pictures'} a ` +
      `${admission.window}. Try again ${formatTime(admission.freeAt, at)}, or raise the limit in Settings.`;
    return limited(id, isMinute ? 'limit_minute' : 'limit_day', sentence);
  }

  /**
   * Returns what this month has cost, including the prices of what waits. A picture of unknown price counts as the
   * dearest one that its service is known to sell.
   */
  function spent(): number {
    const from = startOfMonth(now());
    const unpriced = store.charges
      .unpricedPictures(from)
      .reduce((sum, { provider, count }) => sum + count * (dearestPriceOf(provider) ?? 0), 0);
    const waiting = waitingPictures().reduce(
      (sum, { provider, model, params }) => sum + priceForCap(provider, model, params),
      0,
    );
    return spentThisMonth(store, now()) + unpriced + waiting;
  }

  function overCap({ id, provider, model, params }: WantedPicture): FailedJob | null {
    const cap = monthlyCap();
    const price = priceForCap(provider, model, params);
    return cap !== null && price > 0 && spent() + price > cap ? limited(id, 'cap_reached') : null;
  }

  return {
    ofPicture: (picture: WantedPicture): FailedJob | null => overCap(picture) ?? overLimit(picture),
    ofReply({ id, provider, model }: Pick<TextMessage, 'id' | 'provider' | 'model'>): FailedJob | null {
      const cap = monthlyCap();
      if (cap === null || provider === null || model === null) return null;
      if (!isBilled({ provider }) || serviceOf(provider).free || !hasKnownPrice(provider, model, now()))
        return null;
      return spent() >= cap ? limited(id, 'cap_reached') : null;
    },
  };
}

function priceForCap(provider: ServiceId, model: string, params: PictureMessage['params']): number {
  return priceOf(provider, model, params) ?? dearestPriceOf(provider) ?? 0;
}

function limited(jobId: string, code: ErrorCode, message?: string): FailedJob {
  const outcome = failedJob(jobId, code, 0);
  return message === undefined ? outcome : { ...outcome, message };
}

/** Returns the start of the month in local time, in UTC milliseconds. */
export function startOfMonth(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), 1).getTime();
}

/** Returns the start of the day in local time, in UTC milliseconds. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Formats a time as "at 14:32:10", "at 14:32 tomorrow" or "at 14:32 on Tuesday", rounded up. */
function formatTime(at: number, now: number): string {
  const isSoon = at - now < 10 * 60_000;
  const unit = isSoon ? 1000 : 60_000;
  const rounded = new Date(Math.ceil(at / unit) * unit);
  const time = rounded.toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(isSoon && { second: '2-digit' }),
  });
  const day = startOfDay(rounded.getTime());
  const today = new Date(startOfDay(now));
  if (day <= today.getTime()) return `at ${time}`;
  // Counts days and not hours: two days of a year have 23 and 25.
  const tomorrow = new Date(today).setDate(today.getDate() + 1);
  return day === tomorrow
    ? `at ${time} tomorrow`
    : `at ${time} on ${rounded.toLocaleDateString('en-GB', { weekday: 'long' })}`;
}
