// The test of what was entered: when it runs, what came of it, and what is set up meanwhile.
import { useEffect, useRef, useState } from 'react';
import type { Service } from '../../../shared/domain/services';
import { connect, type Entered, type Outcome, type Target, targetOfService } from './connect-service';
import { createLatestRun, type LatestRun } from './latest-run';

/** How long the user pauses before a changed field is tested again (ms). */
const pauseMs = 700;

/** What is wrong with what was entered. */
export type Wrong = Pick<Outcome, 'words' | 'field'>;

type Options = {
  chosen: Target;
  /**
   * Reads the fields. Returns what is wrong with them, or null if there is nothing to test.
   *
   * @param isAsked whether the user has asked for the test, and did not only change a field
   */
  read: (target: Target, isAsked: boolean) => Entered | Wrong | null;
  /** Runs once a service works. @param isAsked as above */
  onGood: (isAsked: boolean) => void;
  /** Runs when the test has failed. */
  onBad: (outcome: Outcome, isAsked: boolean) => void;
};

export type ConnectTest = {
  target: Target;
  outcome: Outcome | null;
  isAsking: boolean;
  /** Tests now. */
  test: () => void;
  /** Something was changed: what was said before is void, and a second test follows by itself. */
  changed: () => void;
  /** Sets up a second service of the same kind. */
  addAnother: () => void;
};

export function useConnectTest(options: Options): ConnectTest {
  const [target, setTarget] = useState(options.chosen);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isAsking, setAsking] = useState(false);
  /** The user has asked for a test, so that further ones are no surprise. */
  const hasTested = useRef(false);
  const isAsked = useRef(false);
  // A run that begins later works on what is entered then.
  const latest = useRef({ options, target });
  latest.current = { options, target };

  function onSaved(service: Service): void {
    const found = targetOfService(service);
    latest.current = { ...latest.current, target: found };
    setTarget(found);
  }

  async function run(signal: AbortSignal): Promise<void> {
    const { options: current, target: tested } = latest.current;
    const asked = isAsked.current;
    isAsked.current = false;
    const entered = current.read(tested, asked);
    if (entered === null) return;
    setAsking(true);
    setOutcome(null);
    const result =
      'field' in entered
        ? { service: tested.service, isGood: false, ...entered }
        : await connect(tested, entered, { signal, onSaved });
    if (signal.aborted) return;
    setAsking(false);
    setOutcome(result);
    if (result.isGood) current.onGood(asked);
    else current.onBad(result, asked);
  }

  const [runs] = useState<LatestRun>(() => createLatestRun(run, pauseMs));
  // Whoever closes the sheet during the test does not want what was waiting to be sent.
  useEffect(() => () => runs.cancel(), [runs]);

  return {
    target,
    outcome,
    isAsking,
    test() {
      hasTested.current = true;
      isAsked.current = true;
      runs.now();
    },
    changed() {
      isAsked.current = false;
      setOutcome(null);
      setAsking(false);
      if (hasTested.current) runs.soon();
    },
    addAnother() {
      runs.cancel();
      hasTested.current = false;
      setOutcome(null);
      setTarget({ ...target, service: null });
    },
  };
}
