// The meaning of Google's status 429: wait a moment, wait until tomorrow, or waiting does not help.
import { sentence } from '../../../../shared/languages/sentence';
import { failed, rateLimitedFailure } from '../failures';
import type { ServiceFailure } from '../service';

/** UTC milliseconds. */
export type Clock = { now: () => number };

/** https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto, reduced to the fields used. */
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

/** A longer wait is explained by a time of day instead of a countdown. */
const maxWaitMs = hour;

/**
 * Explains an exceeded quota. The quota's name takes precedence over the delay, because a daily quota often comes
 * with a delay of one minute; the delay in the body takes precedence over the header's.
 *
 * @param text the error's message: some responses name the limit only there.
 * @param retryAfterMs from the header.
 */
export function explainQuota(
  details: readonly QuotaDetail[],
  text: string,
  retryAfterMs: number | null,
  clock: Clock,
): ServiceFailure {
  const violations = details.flatMap((detail) => detail.violations ?? []);
  const isNamed = (word: string) => violations.some(({ quotaId }) => quotaId?.includes(word));
  if (violations.some(({ quotaValue }) => quotaValue === '0') || /limit: 0(?![\d.])/.test(text)) {
    return failed('quota_zero', null);
  }
  const wait =
    details.map((detail) => seconds(detail.retryDelay ?? '')).find((found) => found !== null) ??
    retryAfterMs ??
    (isNamed('PerMinute') ? minute : null);
  if (isNamed('PerDay') || (wait ?? 0) > maxWaitMs)
    return failed(
      'quota_day',
      null,
      sentence('services.google_quota_day', { at: midnightPacific(clock.now()) }),
    );
  return wait === null ? failed('rate_limited', null) : rateLimitedFailure(wait);
}

/** https://protobuf.dev/reference/protobuf/google.protobuf/#duration */
function seconds(duration: string): number | null {
  const [, digits] = /^(\d+(?:\.\d+)?)s$/.exec(duration) ?? [];
  return digits === undefined ? null : Math.ceil(Number(digits) * 1000);
}

const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** Returns the next midnight in California, in milliseconds since 1970. Handles the days with 23 or 25 hours. */
export function midnightPacific(now: number): number {
  const guess = now - timeOfDay(now) + day;
  const offset = timeOfDay(guess);
  return offset < day / 2 ? guess - offset : guess + day - offset;
}

/** Returns milliseconds since midnight in California's local time. */
function timeOfDay(at: number): number {
  const parts = pacific.formatToParts(at);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  return part('hour') * hour + part('minute') * minute + part('second') * 1000 + (at % 1000);
}
