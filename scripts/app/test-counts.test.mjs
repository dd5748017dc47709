// The figures that `npm test` ends with.

import { expect, test } from 'vitest';
import { checkCounts, endToEndCounts, sum, summaryLine, unitCounts } from './test-counts.mjs';

const unitReport = (over) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
});

test('unit tests are counted as reported', () => {
  expect(unitCounts(unitReport({ numPendingTests: 1, numTodoTests: 1 }), 0)).toEqual({
    passed: 3,
    failed: 0,
    skipped: 2,
  });
});

test('a test file that could not be loaded is a failure', () => {
  const broken = { status: 'failed', assertionResults: [] };
  const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  expect(unitCounts(unitReport({ numFailedTests: 1, testResults: [broken, failing] }), 1).failed).toBe(2);
});

test('a runner that wrote no report, or that ended badly without a failed test, is a failure', () => {
  expect(unitCounts(undefined, 1).failed).toBe(1);
  expect(unitCounts(unitReport(), 1).failed).toBe(1);
  expect(endToEndCounts(undefined, 1).failed).toBe(1);
});

test('end-to-end tests count flaky ones as passed and errors outside tests as failed', () => {
  const report = { stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 1 }, errors: [{}] };
  expect(endToEndCounts(report, 1)).toEqual({ passed: 6, failed: 3, skipped: 1 });
});

test('the last line names skipped tests only when there are some', () => {
  expect(summaryLine(sum([checkCounts(true), checkCounts(false)]))).toBe('1 passed, 1 failed');
  expect(summaryLine({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped');
});
