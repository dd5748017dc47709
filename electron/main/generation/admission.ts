// Admits jobs within the user's own limits and monthly cap, before they are queued.
import type { ErrorCode } from '../../../shared/domain/errors';
import type { Limits } from '../../../shared/domain/limits';
import { providers } from '../../../shared/domain/model-catalogue';
import { priceOf } from '../../../shared/domain/model-lookup';
import type { ProviderId } from '../../../shared/domain/models';
import { hasKnownPrice } from '../../../shared/domain/token-prices';
import { isBilledReply } from '../../../shared/generator/billing';
import type { Job, PictureJob, TextJob } from '../../../shared/generator/jobs';
import { type FailedJob, failedJob } from '../../../shared/generator/messages';
import type { ReadStore } from '../db/open';
import { admit, dayMs } from './rate-limit';

export type AdmissionOptions = {
  store: Pick<ReadStore, 'generationLog'>;
  limits: (provider: ProviderId) => Limits;
  /** Micro-dollars per calendar month; null: no cap. */
  monthlyCap: () => number | null;
  /** Returns the pictures that wait or run. */
  unfinishedPictures: () => { job: PictureJob; requestedAt: number | null }[];
  /** UTC milliseconds. */
  now: () => number;
};

/**
 * Counts the log, the outbox and the queue together, so that a burst is counted exactly: of 50 requests at once with a
 * limit of 10, ten are admitted.
 *
 * @returns a function that returns why a job is refused now, or null. The cost of a text reply is not known in advance:
 *   it is refused once the cap is reached. The cap does not stop what has no known price.
 */
export function createAdmission({ store, limits, monthlyCap, unfinishedPictures, now }: AdmissionOptions) {
  function overLimit({ jobId, provider }: PictureJob): FailedJob | null {
    const at = now();
    const allowed = limits(provider);
    const queued = unfinishedPictures().filter(({ job }) => job.provider === provider);
    const requestTimes = [
      ...store.generationLog.requestTimes(provider, at - dayMs),
      ...queued.map(({ requestedAt }) => requestedAt ?? at),
    ];
    const admission = admit(requestTimes, allowed, at);
    if (admission.ok) return null;
    const isMinute = admission.window === 'minute';
    const limit = isMinute ? allowed.perMinute : allowed.perDay;
    const sentence =
      `Your limit for ${providers[provider].label} is ${limit} ${limit === 1 ? 'picture' : 'pictures'} a ` +
      `${admission.window}. Try again ${formatTime(admission.freeAt, at)}, or raise the limit in Settings.`;
    return limited(jobId, isMinute ? 'limit_minute' : 'limit_day', sentence);
  }

  /** Returns what this month has cost, including the prices of unfinished pictures. */
  function spent(): number {
    const pending = unfinishedPictures().reduce(
      (sum, { job }) => sum + (priceOf(job.model, job.params) ?? 0),
      0,
    );
    return store.generationLog.spent(startOfMonth(now()), Number.MAX_SAFE_INTEGER) + pending;
  }

  function overCap({ jobId, model, params }: PictureJob): FailedJob | null {
    const cap = monthlyCap();
    const price = priceOf(model, params) ?? 0;
    return cap !== null && price > 0 && spent() + price > cap ? limited(jobId, 'cap_reached') : null;
  }

  function textOverCap(job: TextJob): FailedJob | null {
    const cap = monthlyCap();
    if (cap === null || !isBilledReply(job) || !hasKnownPrice(job.model ?? '', now())) return null;
    return spent() >= cap ? limited(job.jobId, 'cap_reached') : null;
  }

  return (job: Job): FailedJob | null => {
    if (job.kind === 'text') return textOverCap(job);
    return job.kind === 'picture' ? (overCap(job) ?? overLimit(job)) : null;
  };
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
