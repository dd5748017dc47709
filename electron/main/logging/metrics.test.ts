import { expect, test } from 'vitest';
import { createMetrics } from './metrics';

test('has an empty summary before anything is recorded', () => {
  expect(createMetrics().summary()).toEqual([]);
});

test('summarises each name in the order of first use', () => {
  const metrics = createMetrics();
  metrics.record('Second', 5);
  metrics.record('First', 1);
  metrics.record('Second', 7);
  metrics.record('constructor', 9);
  expect(metrics.summary()).toEqual([
    { name: 'Second', count: 2, p50: 5, p95: 7, last: 7 },
    { name: 'First', count: 1, p50: 1, p95: 1, last: 1 },
    { name: 'constructor', count: 1, p50: 9, p95: 9, last: 9 },
  ]);
});

test('keeps the last 500 samples of a name', () => {
  const metrics = createMetrics();
  for (let duration = 1; duration <= 1_500; duration += 1) metrics.record('Many', duration);
  expect(metrics.summary()).toEqual([{ name: 'Many', count: 500, p50: 1_250, p95: 1_475, last: 1_500 }]);
});
