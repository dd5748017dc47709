import { describe, expect, test } from 'vitest';
import { admit, dayMs, measure, minuteMs } from './rate-limit';

const now = 1_700_000_000_000;
const none = { perMinute: null, perDay: null };

test('without limits anything goes', () => {
  expect(admit(Array<number>(100_000).fill(now), none, now)).toEqual({ ok: true });
});

describe('a minute', () => {
  const limits = { perMinute: 3, perDay: null };

  test('takes as many as it says and not one more, and says when there is room', () => {
    expect(admit([now - 50_000, now - 10_000], limits, now)).toEqual({ ok: true });
    expect(admit([now - 50_000, now - 10_000, now], limits, now)).toEqual({
      ok: false,
      window: 'minute',
      freeAt: now + 10_000,
    });
  });

  test('slides: at the moment that it said there is room', () => {
    const asked = [now - 50_000, now - 10_000, now];
    expect(admit(asked, limits, now + 9_999).ok).toBe(false);
    expect(admit(asked, limits, now + 10_000)).toEqual({ ok: true });
  });

  test('that is overfull waits until enough have left it, in whatever order they come', () => {
    const asked = [now, now - 40_000, now - 30_000, now - 20_000, now - 10_000];
    expect(admit(asked, limits, now)).toMatchObject({ freeAt: now - 20_000 + minuteMs });
  });
});

test('where both are full, the later one counts', () => {
  const asked = [now - dayMs + 5_000, now - 1_000];
  expect(admit(asked, { perMinute: 1, perDay: 2 }, now)).toEqual({
    ok: false,
    window: 'minute',
    freeAt: now - 1_000 + minuteMs,
  });
  expect(admit(asked, { perMinute: 1, perDay: 1 }, now)).toEqual({
    ok: false,
    window: 'day',
    freeAt: now - 1_000 + dayMs,
  });
});

describe('a clock that was set back', () => {
  const limits = { perMinute: 1, perDay: null };

  test('by less than a window: there is room exactly when it says so', () => {
    const ahead = now + 30_000;
    const freeAt = ahead + minuteMs;
    expect(admit([ahead], limits, now)).toEqual({ ok: false, window: 'minute', freeAt });
    expect(admit([ahead], limits, freeAt - 1).ok).toBe(false);
    expect(admit([ahead], limits, freeAt)).toEqual({ ok: true });
  });

  test('by a year does not shut the provider for a year', () => {
    expect(admit([now + 365 * dayMs], { perMinute: 1, perDay: 1 }, now)).toEqual({ ok: true });
  });
});

test('a measure tells how many there were, above the limit too', () => {
  expect(measure([now, now, now - minuteMs], 1, minuteMs, now)).toEqual({
    used: 2,
    limit: 1,
    freeAt: now + minuteMs,
  });
});
