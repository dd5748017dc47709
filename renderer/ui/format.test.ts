import { expect, test } from 'vitest';
import { formatBytes, formatCost, formatCount, formatDay, formatDuration } from './format';

test.each([
  [0, '0.1 s'],
  [840, '0.8 s'],
  [9_949, '9.9 s'],
  [9_951, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [125_000, '2 min 5 s'],
])('%i ms', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [0, 'free'],
  [900, 'under $0.001'],
  [33_600, '$0.034'],
  [1_200_000, '$1.20'],
])('%i micro-dollars', (microUsd, text) => {
  expect(formatCost(microUsd)).toBe(text);
});

test.each([
  [640, '640 B'],
  [87_600, '88 kB'],
  [999_600, '1.0 MB'],
  [1_740_000, '1.7 MB'],
])('%i bytes', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0 pictures'],
  [1, '1 picture'],
  [1200, '1,200 pictures'],
])('%i is counted as %s', (count, text) => {
  expect(formatCount(count, 'picture')).toBe(text);
});

test('a day has its year where it is another one', () => {
  const at = new Date(2026, 11, 3, 12).getTime();
  expect(formatDay(at, new Date(2026, 0, 1).getTime())).toBe('3 December');
  expect(formatDay(at, new Date(2025, 0, 1).getTime())).toBe('3 December 2026');
});

test('a thousand megabytes are a gigabyte', () => {
  expect(formatBytes(999_499_999)).toBe('999.5 MB');
  expect(formatBytes(2_140_000_000)).toBe('2.1 GB');
});
