// Counting the tests of `npm test`.

import { expect, test } from 'vitest';
import { checkCounts, endToEndCounts, failureLines, sum, summaryLine, unitCounts } from './test-counts.mjs';

const unitReport = (changes) => ({
  numPassedTests: 3,
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
    failures: [],
  });
});

test('unitCounts counts and names failed tests, and files that could not be loaded', () => {
  const broken = { name: 'a.test.ts', status: 'failed', assertionResults: [] };
  const failing = {
    name: 'b.test.ts',
    status: 'failed',
    assertionResults: [
      { status: 'failed', fullName: 'adds' },
      { status: 'passed', fullName: 'subtracts' },
    ],
  };
  const passing = { name: 'c.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] };
  const counts = unitCounts(unitReport({ testResults: [broken, failing, passing] }), 1);
  expect(counts.failed).toBe(2);
  expect(failureLines(counts)).toEqual(['Failed: a.test.ts', 'Failed: b.test.ts › adds']);
});

test('a runner without a report, or with a non-zero exit code and no failed test, counts as one failure', () => {
  expect(unitCounts(undefined, 1)).toMatchObject({ failed: 1, failures: ['unit tests (no report)'] });
  expect(unitCounts(unitReport(), 3)).toMatchObject({ failed: 1, failures: ['unit tests (exit code 3)'] });
  expect(endToEndCounts(undefined, 1)).toMatchObject({
    failed: 1,
    failures: ['end-to-end tests (no report)'],
  });
});

test('endToEndCounts counts flaky tests as passed and errors outside tests as failed, and names the failures', () => {
  const spec = (title, ok) => ({ file: 'a.spec.ts', line: 3, title, ok });
  const report = {
    stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 1 },
    errors: [{ message: 'The display ended.' }],
    suites: [
      { specs: [spec('opens', true), spec('closes', false)], suites: [{ specs: [spec('moves', false)] }] },
    ],
  };
  expect(endToEndCounts(report, 1)).toEqual({
    passed: 6,
    failed: 3,
    skipped: 1,
    failures: ['a.spec.ts:3 › closes', 'a.spec.ts:3 › moves', 'outside of a test: The display ended.'],
  });
});

test('summaryLine mentions skipped tests only if there are any', () => {
  expect(summaryLine(sum([checkCounts('Types', true), checkCounts('Lint', false)]))).toBe(
    '1 passed, 1 failed',
  );
  expect(summaryLine({ passed: 1, failed: 0, skipped: 2, failures: [] })).toBe(
    '1 passed, 0 failed, 2 skipped',
  );
});
