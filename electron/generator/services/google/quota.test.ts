import { describe, expect, it, test } from 'vitest';
import { explainQuota, midnightPacific } from './quota';

const clock = { now: () => Date.parse('2026-11-22T13:35:00Z'), timeZone: 'Asia/Tokyo', locale: 'en-US' };
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

describe('a quota', () => {
  it('of a day says when that ends, in the words of the place', () => {
    const quota = explainQuota([violation('GenerateRequestsPerDayPerProjectPerModel')], '', null, clock);
    expect(quota).toMatchObject({
      code: 'quota_day',
      message: expect.stringMatching(/midnight Pacific time \(Monday.+5:00\sPM for you\)/),
    });
  });

  it('of a day wins over one of a minute and its short delay', () => {
    const details = [violation('PerMinute'), violation('PerDay'), { retryDelay: '20s' }];
    expect(explainQuota(details, '', null, clock)).toMatchObject({ code: 'quota_day' });
  });

  it('of nothing is told from all others, by its number or by its words', () => {
    const byNumber = [violation('PerDay', '0'), { retryDelay: '20s' }];
    expect(explainQuota(byNumber, '', null, clock)).toMatchObject({ code: 'quota_zero' });
    const words = 'Quota exceeded for metric: x, limit: 0, model: y\nPlease retry in 10h17m.';
    expect(explainQuota([{ retryDelay: '37020s' }], words, null, clock)).toMatchObject({
      code: 'quota_zero',
    });
    expect(explainQuota([], 'limit: 0.5', null, clock)).not.toHaveProperty('retryAfterMs');
  });

  it('that wants hours is no countdown', () => {
    expect(explainQuota([{ retryDelay: '35640s' }], '', null, clock)).toMatchObject({ code: 'quota_day' });
  });

  it.each([
    ['a delay', [{ retryDelay: '1.5s' }], 7000, 1500],
    ['the header', [], 7000, 7000],
    ['the header, of the past', [], 0, 1000],
    ['its name', [violation('TokensPerMinute')], null, 60_000],
  ])('of a minute ends by %s', (_name, details, header, retryAfterMs) => {
    expect(explainQuota(details, '', header, clock)).toMatchObject({ code: 'rate_limited', retryAfterMs });
  });

  it('that says nothing has no end that anybody knows', () => {
    expect(explainQuota([{ retryDelay: 'soon' }], '', null, clock)).not.toHaveProperty('retryAfterMs');
  });
});
