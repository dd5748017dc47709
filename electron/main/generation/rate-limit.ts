// Rate limits per minute and per day, as sliding windows. Pure functions; the clock is passed in.
import type { LimitWindow } from '../../../shared/contract/usage';
import type { Limits } from '../../../shared/domain/limits';

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

export type Admission = { ok: true } | { ok: false; window: 'minute' | 'day'; freeAt: number };

/**
 * @param requestTimes of the last day (UTC milliseconds), in any order. A queued picture counts as requested now.
 * @returns whether one more request is allowed now; else which limit forbids it and until when. If both do, the one
 *   that ends later.
 */
export function admit(requestTimes: readonly number[], limits: Limits, now: number): Admission {
  const minute = measure(requestTimes, limits.perMinute, minuteMs, now);
  const day = measure(requestTimes, limits.perDay, dayMs, now);
  if (day.freeAt !== null && day.freeAt >= (minute.freeAt ?? 0)) {
    return { ok: false, window: 'day', freeAt: day.freeAt };
  }
  return minute.freeAt === null ? { ok: true } : { ok: false, window: 'minute', freeAt: minute.freeAt };
}

/** Returns how full the window that ends now is. `freeAt`: when there is room again; null if there is room now. */
export function measure(
  requestTimes: readonly number[],
  limit: number | null,
  windowMs: number,
  now: number,
): LimitWindow {
  // A clock that was set back leaves times in the future. Those within one window count until they have passed; later
  // ones come from a wrong clock and would block the provider until then.
  const inside = requestTimes.filter((at) => Math.abs(at - now) < windowMs).toSorted((a, b) => a - b);
  const blocking = limit === null || inside.length < limit ? undefined : inside.at(-limit);
  return {
    used: inside.length,
    limit,
    freeAt: blocking === undefined ? null : blocking + windowMs,
  };
}
