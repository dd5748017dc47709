// Rate limits per minute and per day, as sliding windows. Pure functions; the clock is passed in.
import type { Limits } from '../../../shared/domain/limits';

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

export type Admission = { ok: true } | { ok: false; window: 'minute' | 'day'; freeAt: number };

/**
 * @param requestTimes of the last day (UTC milliseconds), in any order. A queued picture counts as requested now.
 * @param slots when the pictures already waiting for the limit per minute will be requested (UTC milliseconds).
 * @returns whether one more request is allowed now; else which limit forbids it and until when. If both do, the one
 *   that ends later.
 */
export function admit(
  requestTimes: readonly number[],
  limits: Limits,
  now: number,
  slots: readonly number[] = [],
): Admission {
  const minute = freeInMinute(requestTimes, slots, limits.perMinute, now);
  const day = freeIn([...requestTimes, ...slots.map(() => now)], limits.perDay, dayMs, now);
  if (day !== null && day >= (minute ?? 0)) return { ok: false, window: 'day', freeAt: day };
  return minute === null ? { ok: true } : { ok: false, window: 'minute', freeAt: minute };
}

/** Returns when a request after those of the slots is within the limit per minute; null: now. */
function freeInMinute(
  requestTimes: readonly number[],
  slots: readonly number[],
  limit: number | null,
  now: number,
): number | null {
  if (slots.length === 0) return freeIn(requestTimes, limit, minuteMs, now);
  if (limit === null) return null;
  const past = requestTimes.filter((at) => Math.abs(at - now) < minuteMs);
  // A slot of another clock is within a minute, too.
  const ahead = slots.map((at) => Math.min(Math.max(at, now), now + minuteMs));
  const blocking = [...past, ...ahead].toSorted((a, b) => a - b).at(-limit);
  return blocking === undefined ? null : blocking + minuteMs;
}

/** Returns when the window that ends now has room for another request (UTC milliseconds); null if it has room now. */
function freeIn(
  requestTimes: readonly number[],
  limit: number | null,
  windowMs: number,
  now: number,
): number | null {
  const inside = timesInside(requestTimes, windowMs, now);
  const blocking = limit === null || inside.length < limit ? undefined : inside.at(-limit);
  return blocking === undefined ? null : blocking + windowMs;
}

/** Returns the number of requests in the window that ends now. */
export function usedIn(requestTimes: readonly number[], windowMs: number, now: number): number {
  return timesInside(requestTimes, windowMs, now).length;
}

/** Returns the milliseconds until the oldest request leaves the window that ends now; null if the window is empty. */
export function untilOldestLeaves(
  requestTimes: readonly number[],
  windowMs: number,
  now: number,
): number | null {
  const [oldest] = timesInside(requestTimes, windowMs, now);
  return oldest === undefined ? null : oldest + windowMs - now;
}

/**
 * A clock that was set back leaves times in the future. Those within one window count until they have passed; later ones
 * come from a wrong clock and would block the provider until then.
 */
function timesInside(requestTimes: readonly number[], windowMs: number, now: number): number[] {
  return requestTimes.filter((at) => Math.abs(at - now) < windowMs).toSorted((a, b) => a - b);
}
