// Counting the tests of `npm test`.

import { expect, test } from 'vitest';
import { checkCounts, endToEndCounts, sum, summaryLine, unitCounts } from './test-counts.mjs';

const unitReport = (changes) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...changes,
});

test('unitCounts reads the numbers of the report', () => {
  expect(unitCounts(unitReport({ numPendingTests: 1, numTodoTests: 1 }), 0)).toEqual({
    passed: 3,
    failed: 0,
    skipped: 2,
  });
});

test('unitCounts counts a test file that could not be loaded as a failure', () => {
  const broken = { status: 'failed', assertionResults: [] };
  const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  expect(unitCounts(unitReport({ numFailedTests: 1, testResults: [broken, failing] }), 1).failed).toBe(2);
});

test('a runner without a report, or with a non-zero exit code and no failed test, counts as one failure', () => {
  expect(unitCounts(undefined, 1).failed).toBe(1);
  expect(unitCounts(unitReport(), 1).failed).toBe(1);
  expect(endToEndCounts(undefined, 1).failed).toBe(1);
});

test('endToEndCounts counts flaky tests as passed and errors outside tests as failed', () => {
  const report = { stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 1 }, errors: [{}] };
  expect(endToEndCounts(report, 1)).toEqual({ passed: 6, failed: 3, skipped: 1 });
});

test('summaryLine mentions skipped tests only if there are any', () => {
  expect(summaryLine(sum([checkCounts(true), checkCounts(false)]))).toBe('1 passed, 1 failed');
  expect(summaryLine({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped');
});
