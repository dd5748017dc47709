// Counts passed, failed and skipped tests from the reports of the test runners.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {any} report Vitest's JSON report; undefined if it wrote none
 * @param {number} exitCode Vitest's exit code
 * @returns {Counts}
 */
export function unitCounts(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A file that cannot be loaded has failed although it reports no test.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return withExitCode(exitCode, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/**
 * @param {any} report Playwright's JSON report; undefined if it wrote none
 * @param {number} exitCode Playwright's exit code
 * @returns {Counts}
 */
export function endToEndCounts(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return withExitCode(exitCode, {
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skipped,
  });
}

/** Counts one failure if the runner failed outside of the tests. */
function withExitCode(exitCode, counts) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * Counts a check that is not a test suite, such as types.
 * @param {boolean} ok
 * @returns {Counts}
 */
export function checkCounts(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** @param {Counts[]} all */
export function sum(all) {
  const total = (key) => all.reduce((count, counts) => count + counts[key], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/**
 * Returns the last line of `npm test`.
 * @param {Counts} counts
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
