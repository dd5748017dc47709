import { expect, test } from 'vitest';
import { formatBytes, formatCost, formatDuration } from './format';

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
