import { expect, test } from 'vitest';
import { plausibleCost, tokenCountSchema } from './amounts';

test.each([0, 1, 1290, 10_000_000])('%s is a count of tokens', (count) => {
  expect(tokenCountSchema.parse(count)).toBe(count);
});

test.each([-1, -0.5, 0.5, 10_000_001, 1e9, 1e300, Number.NaN, Number.POSITIVE_INFINITY, '12', [1], {}, true])(
  '%s is not a count of tokens',
  (count) => {
    expect(tokenCountSchema.parse(count)).toBeNull();
  },
);

test.each([
  [0, 0],
  [0.0004, 0],
  [0.2, 1],
  [0.07 * 1_000_000, 70_000],
  [39_000.000_000_1, 39_000],
  [1_000_000_000, 1_000_000_000],
])('%s micro-dollars cost %s', (cost, whole) => {
  expect(plausibleCost(cost)).toBe(whole);
});

test.each([-1, -1e-9, 1_000_000_001, 1e300, Number.NaN, Number.POSITIVE_INFINITY, null])(
  '%s is not an amount',
  (cost) => {
    expect(plausibleCost(cost)).toBeNull();
  },
);
