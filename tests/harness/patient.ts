// The time that tests wait for a condition. It is long, because a machine may be busy; a condition that never holds
// fails the test.

/** For `vi.waitFor`, whose default is one second, for `expect.poll`, and for all waits of Playwright. */
export const patient = { timeout: 120_000 };
