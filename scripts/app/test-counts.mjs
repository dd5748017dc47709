// How many tests passed, failed and were skipped, from what the test runners report.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {any} report Vitest's JSON report; undefined when it wrote none
 * @param {number} exitCode Vitest's
 * @returns {Counts}
 */
export function unitCounts(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A file that can't be loaded has failed without having a test.
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
 * @param {any} report Playwright's JSON report; undefined when it wrote none
 * @param {number} exitCode Playwright's
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

/** A runner that ends badly for a reason that is no test's (an error outside of them) has failed once. */
function withExitCode(exitCode, counts) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {boolean} ok
 * @returns {Counts} of a check that is no test suite, such as types
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
 * The last line of `npm test`.
 * @param {Counts} counts
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
