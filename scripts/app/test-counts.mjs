// Counts passed, failed and skipped tests from the reports of the test runners, and names those that failed.

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures one line for each failed test that is known by name
 */

/**
 * @param {any} report Vitest's JSON report; undefined if it wrote none
 * @param {number} exitCode Vitest's exit code
 * @returns {Counts}
 */
export function unitCounts(report, exitCode) {
  if (!report) return withoutReport('unit tests');
  const failures = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    // A file that cannot be loaded has failed, although it reports no test.
    if (failed.length === 0) return status === 'failed' ? [name] : [];
    return failed.map(({ fullName }) => `${name} › ${fullName}`);
  });
  return withExitCode(exitCode, 'unit tests', {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  });
}

/**
 * @param {any} report Playwright's JSON report; undefined if it wrote none
 * @param {number} exitCode Playwright's exit code
 * @returns {Counts}
 */
export function endToEndCounts(report, exitCode) {
  if (!report) return withoutReport('end-to-end tests');
  const { expected, flaky, unexpected, skipped } = report.stats;
  return withExitCode(exitCode, 'end-to-end tests', {
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skipped,
    failures: [
      ...report.suites.flatMap(failedSpecs),
      ...report.errors.map(({ message }) => `outside of a test: ${message}`),
    ],
  });
}

/** Returns the failed tests of a suite in Playwright's report and of its nested suites. */
function failedSpecs({ specs = [], suites = [] }) {
  const failed = specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `${file}:${line} › ${title}`);
  return [...failed, ...suites.flatMap(failedSpecs)];
}

function withoutReport(runner) {
  return { passed: 0, failed: 1, skipped: 0, failures: [`${runner} (no report)`] };
}

/** Counts one failure if the runner failed outside of the tests. */
function withExitCode(exitCode, runner, counts) {
  if (exitCode === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1, failures: [`${runner} (exit code ${exitCode})`] };
}

/**
 * Counts a check that is not a test suite, such as types.
 * @param {string} name
 * @param {boolean} ok
 * @returns {Counts}
 */
export function checkCounts(name, ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, failures: ok ? [] : [name] };
}

/** @param {Counts[]} all */
export function sum(all) {
  const total = (key) => all.reduce((count, counts) => count + counts[key], 0);
  return {
    passed: total('passed'),
    failed: total('failed'),
    skipped: total('skipped'),
    failures: all.flatMap(({ failures }) => failures),
  };
}

/**
 * Returns the last lines of `npm test`: the names of failures, which may stand thousands of lines above, the number of
 * skipped tests, and, always in the same form, the totals.
 * @param {Counts} counts
 */
export function summary({ passed, failed, skipped, failures }) {
  const lines = failures.map((failure) => `Failed: ${failure}`);
  if (skipped > 0) lines.push(`${skipped} skipped`);
  return [...lines, `${passed} passed, ${failed} failed`].join('\n');
}
