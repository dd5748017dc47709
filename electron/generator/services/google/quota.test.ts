// The meaning of Google's status 429.
import { describe, expect, it, test } from 'vitest';
import { explainQuota, midnightPacific } from './quota';

const clock = { now: () => Date.parse('2026-11-22T13:35:00Z') };
const violation = (quotaId: string, quotaValue?: string) => ({ violations: [{ quotaId, quotaValue }] });

test.each([
  ['an ordinary day', '2026-11-22T13:35:00Z', '2026-11-23T08:00:00Z'],
  ['summer', '2026-07-01T06:59:59.999Z', '2026-07-01T07:00:00Z'],
  ['midnight itself', '2026-07-01T07:00:00Z', '2026-07-02T07:00:00Z'],
  ['the day of 23 hours', '2026-03-08T09:00:00Z', '2026-03-09T07:00:00Z'],
  ['the day of 25 hours', '2026-11-01T08:30:00Z', '2026-11-02T08:00:00Z'],
])('midnight Pacific on %s', (_name, now, midnight) => {
  expect(new Date(midnightPacific(Date.parse(now))).toISOString()).toBe(new Date(midnight).toISOString());
});

describe('an exceeded quota', () => {
  it('reports when a daily quota renews', () => {
    const quota = explainQuota([violation('GenerateRequestsPerDayPerProjectPerModel')], '', null, clock);
    expect(quota).toMatchObject({
      code: 'quota_day',
      message: expect.stringMatching(/midnight Pacific time \(\w+day \d\d:\d\d for you\)/),
      sentence: { values: { at: Date.parse('2026-11-23T08:00:00Z') } },
    });
  });

  it('per day takes precedence over one per minute', () => {
    const details = [violation('PerMinute'), violation('PerDay'), { retryDelay: '20s' }];
    expect(explainQuota(details, '', null, clock)).toMatchObject({ code: 'quota_day' });
  });

  it('of zero is recognized by its value or its text', () => {
    const byNumber = [violation('PerDay', '0'), { retryDelay: '20s' }];
    expect(explainQuota(byNumber, '', null, clock)).toMatchObject({ code: 'quota_zero' });
    const words = 'Quota exceeded for metric: x, limit: 0, model: y\nPlease retry in 10h17m.';
    expect(explainQuota([{ retryDelay: '37020s' }], words, null, clock)).toMatchObject({
      code: 'quota_zero',
    });
    expect(explainQuota([], 'limit: 0.5', null, clock)).not.toHaveProperty('retryAfterMs');
  });

  it('with a delay of hours has no countdown', () => {
    expect(explainQuota([{ retryDelay: '35640s' }], '', null, clock)).toMatchObject({ code: 'quota_day' });
  });

  it.each([
    ['a delay', [{ retryDelay: '1.5s' }], 7000, 1500],
    ['the header', [], 7000, 7000],
    ['the header, in the past', [], 0, 1000],
    ['its name', [violation('TokensPerMinute')], null, 60_000],
  ])('per minute takes its delay from %s', (_name, details, header, retryAfterMs) => {
    expect(explainQuota(details, '', header, clock)).toMatchObject({ code: 'rate_limited', retryAfterMs });
  });

  it('without details has no delay', () => {
    expect(explainQuota([{ retryDelay: 'soon' }], '', null, clock)).not.toHaveProperty('retryAfterMs');
  });
});
