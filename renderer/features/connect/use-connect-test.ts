// Tests the entered service: when the test runs, its result, and the service that it sets up.
import { useRef, useState } from 'react';
import type { Service } from '../../../shared/domain/services';
import type { EnteredBefore, Kept, Target } from '../../state/connect-store';
import { useTestRuns } from '../../state/settings/use-test-runs';
import { connect, type Entered, type Outcome, targetOfService } from './connect-service';

/** What is wrong with what was entered. */
export type Wrong = Pick<Outcome, 'words' | 'field'>;

type Options = {
  chosen: Target;
  /** What was entered before. */
  resumed: EnteredBefore | undefined;
  /**
   * Reads the fields. Returns what is wrong with them, or null if there is nothing to test.
   *
   * @param isAsked whether the user has asked for the test, and did not only change a field
   */
  read: (target: Target, isAsked: boolean) => Entered | Wrong | null;
  /** Runs once a service works. @param isAsked as above */
  onGood: (outcome: Outcome, isAsked: boolean) => void;
  /** Runs when the test has failed. */
  onBad: (outcome: Outcome, isAsked: boolean) => void;
};

export type ConnectTest = {
  target: Target;
  outcome: Outcome | null;
  isAsking: boolean;
  /** What was saved and has not worked yet. */
  kept: { readonly current: Kept | null };
  /** Whether something was entered that is not saved. */
  isUnsaved: { readonly current: boolean };
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
  // What an aborted run has saved is known to the next one, which may begin before the form shows it.
  const latest = useRef(target);
  latest.current = target;

  const kept = useRef(options.resumed?.kept ?? null);
  const isUnsaved = useRef(options.resumed !== undefined);

  function onSaved(service: Service, before: Service | null, { key }: Entered): void {
    const hasKey = key !== null || kept.current?.hasKey === true;
    const isChanged = service !== before || hasKey;
    if (isChanged) kept.current = { service, hasKey, before: kept.current ? kept.current.before : before };
    isUnsaved.current = false;
    const found = targetOfService(service);
    latest.current = found;
    setTarget(found);
  }

  const runs = useTestRuns(async (isAsked, signal) => {
    const tested = latest.current;
    const entered = options.read(tested, isAsked);
    if (entered === null) return;
    setAsking(true);
    setOutcome(null);
    const result =
      'field' in entered
        ? { service: tested.service, isGood: false, ...entered }
        : await connect(tested, entered, {
            signal,
            onSaved: (service) => onSaved(service, tested.service, entered),
          });
    if (signal.aborted) return;
    if (result.isGood) kept.current = null;
    setAsking(false);
    setOutcome(result);
    if (result.isGood) options.onGood(result, isAsked);
    else options.onBad(result, isAsked);
  });

  return {
    target,
    outcome,
    isAsking,
    kept,
    isUnsaved,
    test: runs.test,
    changed() {
      isUnsaved.current = true;
      setOutcome(null);
      setAsking(false);
      runs.changed();
    },
    addAnother() {
      runs.forget();
      kept.current = null;
      setOutcome(null);
      setTarget({ ...target, service: null });
    },
  };
}
