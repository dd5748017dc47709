// Schedules tests of a service form: at the user's request, and then automatically after each change.
import { useEffect, useRef, useState } from 'react';
import { createLatestRun, type LatestRun } from './latest-run';

/** How long the user pauses before a changed field is tested again (ms). */
const pauseMs = 700;

export type TestRuns = {
  /** Tests now, because the user has asked for it. */
  test: () => void;
  /** Something was changed. What was tested before is tested again after a pause. */
  changed: () => void;
  /** Ends the test, and waits until the user asks for another one. */
  forget: () => void;
};

/**
 * @param run tests what is in the form then. It looks at the signal after each step, as for `createLatestRun`.
 *   `isAsked`: whether the user has asked for the test, and did not only change a field.
 */
export function useTestRuns(run: (isAsked: boolean, signal: AbortSignal) => Promise<void>): TestRuns {
  /** The user has asked for a test, so that further ones are no surprise. */
  const hasTested = useRef(false);
  const isAsked = useRef(false);
  // A run that begins later works on what the form is then.
  const latest = useRef(run);
  latest.current = run;
  const [runs] = useState<LatestRun>(() =>
    createLatestRun((signal) => {
      const asked = isAsked.current;
      isAsked.current = false;
      return latest.current(asked, signal);
    }, pauseMs),
  );
  // Whoever leaves the form during the test does not want what would follow.
  useEffect(() => () => runs.cancel(), [runs]);

  return {
    test() {
      hasTested.current = true;
      isAsked.current = true;
      runs.now();
    },
    changed() {
      isAsked.current = false;
      if (hasTested.current) runs.soon();
      else runs.cancel();
    },
    forget() {
      hasTested.current = false;
      runs.cancel();
    },
  };
}
