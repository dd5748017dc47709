import { describe, expect, test } from 'vitest';
import { quantile, summarise } from './timings';

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

describe('a quantile', () => {
  test.each([
    [0, 1],
    [0.01, 1],
    [0.5, 50],
    [0.501, 51],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
  ])('%f of one to a hundred is %i', (fraction, value) => {
    expect(quantile(hundred, fraction)).toBe(value);
  });

  test('is always one of the numbers', () => {
    expect(quantile([1, 1_000], 0.5)).toBe(1);
    expect(quantile([1, 1_000], 0.95)).toBe(1_000);
    expect(quantile([7], 0.5)).toBe(7);
    expect(quantile([7], 0.95)).toBe(7);
  });

  test('of an empty list is 0', () => {
    expect(quantile([], 0.5)).toBe(0);
  });
});

describe('a summary', () => {
  test('sorts numerically and keeps the last duration', () => {
    const durations = [100, 9, 80, 10, 2];
    expect(summarise('Test', durations)).toEqual({ name: 'Test', count: 5, p50: 10, p95: 100, last: 2 });
    expect(durations).toEqual([100, 9, 80, 10, 2]);
  });

  test('of an empty list is all zeros', () => {
    expect(summarise('Test', [])).toEqual({ name: 'Test', count: 0, p50: 0, p95: 0, last: 0 });
  });
});
