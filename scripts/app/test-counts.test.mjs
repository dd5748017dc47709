// Counting the tests of `npm test`.

import { expect, test } from 'vitest';
import { checkCounts, endToEndCounts, sum, summary, unitCounts } from './test-counts.mjs';

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
  expect(counts).toMatchObject({ failed: 2, failures: ['a.test.ts', 'b.test.ts › adds'] });
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

test('summary ends with the totals in one form, after the failures and the skipped tests', () => {
  expect(summary(sum([checkCounts('Types', true), checkCounts('Lint', false)]))).toBe(
    'Failed: Lint\n1 passed, 1 failed',
  );
  expect(summary({ passed: 1, failed: 0, skipped: 2, failures: [] })).toBe('2 skipped\n1 passed, 0 failed');
});
