// How many pictures a provider may be asked for: a minute and a day, both sliding. Pure; the clock is passed in.

import type { LimitWindow } from '../../../shared/contract/usage';
import type { Limits } from '../../../shared/domain/limits';

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

export type Admission = { ok: true } | { ok: false; window: 'minute' | 'day'; freeAt: number };

/**
 * @param asked when each picture of the last day was asked for, in UTC milliseconds, in any order; what waits for its
 *   turn counts as asked for now.
 * @returns whether one more may be asked for now; else which limit is in the way, and from when on it is not. Where
 *   both are, the later one.
 */
export function admit(asked: readonly number[], limits: Limits, now: number): Admission {
  const minute = measure(asked, limits.perMinute, minuteMs, now);
  const day = measure(asked, limits.perDay, dayMs, now);
  if (day.freeAt !== null && day.freeAt >= (minute.freeAt ?? 0)) {
    return { ok: false, window: 'day', freeAt: day.freeAt };
  }
  return minute.freeAt === null ? { ok: true } : { ok: false, window: 'minute', freeAt: minute.freeAt };
}

/** @returns how full the window that ends now is; `freeAt`: when there is room again, null where there is. */
export function measure(
  asked: readonly number[],
  limit: number | null,
  windowMs: number,
  now: number,
): LimitWindow {
  // A clock that was set back leaves times in the future. Those of the next window count until they have passed; what
  // lies further ahead is of a clock that was wrong, and would shut the provider until then.
  const inside = asked.filter((at) => Math.abs(at - now) < windowMs).toSorted((a, b) => a - b);
  const blocking = limit === null || inside.length < limit ? undefined : inside.at(-limit);
  return {
    used: inside.length,
    limit,
    freeAt: blocking === undefined ? null : blocking + windowMs,
  };
}
