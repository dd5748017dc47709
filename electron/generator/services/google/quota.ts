// What a 429 of Google's means: wait a moment, wait for tomorrow, or that waiting does not help.
import { failed, rateLimitedFailure } from '../failures';
import type { ServiceFailure } from '../service';

/** Where and when a user is. The names are those of `Intl`; absent, as the system has them. */
export type Clock = { now: () => number; timeZone?: string; locale?: string };

/** https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto, as far as it is read. */
export type QuotaDetail = {
  retryDelay?: string | null | undefined;
  violations?:
    | readonly { quotaId?: string | null | undefined; quotaValue?: string | null | undefined }[]
    | null
    | undefined;
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Longer than this is no countdown that anybody watches. */
const maxWaitMs = hour;

/**
 * The body is read first, since the delay that comes with a daily quota is often that of a minute; then the header.
 *
 * @param text the error's own words: some answers name the limit nowhere else.
 * @param retryAfterMs what the header says, in milliseconds.
 */
export function explainQuota(
  details: readonly QuotaDetail[],
  text: string,
  retryAfterMs: number | null,
  clock: Clock,
): ServiceFailure {
  const violations = details.flatMap((detail) => detail.violations ?? []);
  const names = (word: string) => violations.some(({ quotaId }) => quotaId?.includes(word));
  if (violations.some(({ quotaValue }) => quotaValue === '0') || /limit: 0(?![\d.])/.test(text)) {
    return failed('quota_zero', null);
  }
  const wait =
    details.map((detail) => seconds(detail.retryDelay ?? '')).find((found) => found !== null) ??
    retryAfterMs ??
    (names('PerMinute') ? minute : null);
  if (names('PerDay') || (wait ?? 0) > maxWaitMs) return failed('quota_day', null, untilMidnight(clock));
  return wait === null ? failed('rate_limited', null) : rateLimitedFailure(wait);
}

/** https://protobuf.dev/reference/protobuf/google.protobuf/#duration */
function seconds(duration: string): number | null {
  const [, digits] = /^(\d+(?:\.\d+)?)s$/.exec(duration) ?? [];
  return digits === undefined ? null : Math.ceil(Number(digits) * 1000);
}

function untilMidnight({ now, timeZone, locale }: Clock): string {
  const start = now();
  const time = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    hour: 'numeric',
    minute: '2-digit',
  }).format(midnightPacific(start));
  return `The quota of this API key for today is used up. Google renews it at midnight Pacific time, for you ${time}. Try again then, or choose another model.`;
}

const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** @returns the next midnight there, also on the two days of a year that have 23 or 25 hours. Milliseconds. */
export function midnightPacific(now: number): number {
  const guess = now - timeOfDay(now) + day;
  const late = timeOfDay(guess);
  return late < day / 2 ? guess - late : guess + day - late;
}

/** Milliseconds since midnight by the clock on the wall in California. */
function timeOfDay(at: number): number {
  const parts = pacific.formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return part('hour') * hour + part('minute') * minute + part('second') * 1000 + (at % 1000);
}
