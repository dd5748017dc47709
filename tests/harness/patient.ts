// How long tests wait for a condition. A machine may have much else to do; what never comes fails the test then.

/** For `vi.waitFor`, which gives up after one second by default, for `expect.poll`, and for all that Playwright waits for. */
export const patient = { timeout: 120_000 };
