// Schedules tests of a service form: at the user's request, and then automatically after each change.
import { useEffect, useRef, useState } from 'react';
import { createLatestRun, type LatestRun } from './latest-run';

/** Pause after a change before the next test (ms). */
const pauseMs = 700;

export type TestRuns = {
  /** Tests now, at the user's request. */
  test: () => void;
  /** Schedules another test after a change, if there was one before. */
  changed: () => void;
  /** Cancels the test. Changes do not start another one until the user does. */
  forget: () => void;
};

/**
 * @param run tests the current content of the form. It must check the signal after each step, as for `createLatestRun`.
 *   `isAsked`: whether the user requested the test, instead of only changing a field.
 */
export function useTestRuns(run: (isAsked: boolean, signal: AbortSignal) => Promise<void>): TestRuns {
  /** Whether the user has requested a test, so that automatic ones are expected. */
  const hasTested = useRef(false);
  const isAsked = useRef(false);
  // A run uses the state of the form at the time when it starts.
  const latest = useRef(run);
  latest.current = run;
  const [runs] = useState<LatestRun>(() =>
    createLatestRun((signal) => {
      const asked = isAsked.current;
      isAsked.current = false;
      return latest.current(asked, signal);
    }, pauseMs),
  );
  // Leaving the form cancels the test, so that its result has no effect.
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
