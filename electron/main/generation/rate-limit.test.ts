import { describe, expect, test } from 'vitest';
import { admit, dayMs, minuteMs, untilOldestLeaves, usedIn } from './rate-limit';

const now = 1_700_000_000_000;
const noLimits = { perMinute: null, perDay: null };

test('allows everything without limits', () => {
  expect(admit(Array<number>(100_000).fill(now), noLimits, now)).toEqual({ ok: true });
});

describe('a limit per minute', () => {
  const limits = { perMinute: 3, perDay: null };

  test('allows exactly its number and says when there is room again', () => {
    expect(admit([now - 50_000, now - 10_000], limits, now)).toEqual({ ok: true });
    expect(admit([now - 50_000, now - 10_000, now], limits, now)).toEqual({
      ok: false,
      window: 'minute',
      freeAt: now + 10_000,
    });
  });

  test('has room exactly at that moment', () => {
    const requestTimes = [now - 50_000, now - 10_000, now];
    expect(admit(requestTimes, limits, now + 9_999).ok).toBe(false);
    expect(admit(requestTimes, limits, now + 10_000)).toEqual({ ok: true });
  });

  test('waits until enough requests have left an overfull window, in any order', () => {
    const requestTimes = [now, now - 40_000, now - 30_000, now - 20_000, now - 10_000];
    expect(admit(requestTimes, limits, now)).toMatchObject({ freeAt: now - 20_000 + minuteMs });
  });
});

test('names the limit that ends later if both are full', () => {
  const requestTimes = [now - dayMs + 5_000, now - 1_000];
  expect(admit(requestTimes, { perMinute: 1, perDay: 2 }, now)).toEqual({
    ok: false,
    window: 'minute',
    freeAt: now - 1_000 + minuteMs,
  });
  expect(admit(requestTimes, { perMinute: 1, perDay: 1 }, now)).toEqual({
    ok: false,
    window: 'day',
    freeAt: now - 1_000 + dayMs,
  });
});

describe('a clock that was set back', () => {
  const limits = { perMinute: 1, perDay: null };

  test('by less than a window: has room exactly when it says', () => {
    const ahead = now + 30_000;
    const freeAt = ahead + minuteMs;
    expect(admit([ahead], limits, now)).toEqual({ ok: false, window: 'minute', freeAt });
    expect(admit([ahead], limits, freeAt - 1).ok).toBe(false);
    expect(admit([ahead], limits, freeAt)).toEqual({ ok: true });
  });

  test('by a year does not block the provider for a year', () => {
    expect(admit([now + 365 * dayMs], { perMinute: 1, perDay: 1 }, now)).toEqual({ ok: true });
  });
});

test('counts the requests in a window above its limit', () => {
  expect(usedIn([now, now, now - minuteMs], minuteMs, now)).toBe(2);
  expect(admit([now, now, now - minuteMs], { ...noLimits, perMinute: 1 }, now)).toMatchObject({
    freeAt: now + minuteMs,
  });
});

test.each([
  [[], null],
  [[now - minuteMs], null],
  [[now - 10_000, now - 50_000, now - 61_000], 10_000],
  [[now], minuteMs],
  // A clock that was set back.
  [[now + 5_000], minuteMs + 5_000],
])('says when the oldest of %j leaves the window', (requestTimes, expected) => {
  expect(untilOldestLeaves(requestTimes, minuteMs, now)).toBe(expected);
  if (expected === null) return;
  const usedAt = (at: number) => usedIn(requestTimes, minuteMs, at);
  expect(usedAt(now + expected)).toBeLessThan(usedAt(now + expected - 1));
});
