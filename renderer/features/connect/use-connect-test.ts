// Manages the test of the entered service: when it runs, its result, and the service that it saves.
import { useRef, useState } from 'react';
import type { Service } from '../../../shared/domain/services';
import type { EnteredBefore, Kept, Target } from '../../state/connect-store';
import { useTestRuns } from '../../state/settings/use-test-runs';
import { connect, type Entered, type Outcome, targetOfService } from './connect-service';

/** A problem with the entries. */
export type Wrong = Pick<Outcome, 'words' | 'field'>;

type Options = {
  chosen: Target;
  /** Earlier entries. */
  resumed: EnteredBefore | undefined;
  /**
   * Reads the fields. Returns a problem, or null if there is nothing to test.
   *
   * @param isAsked whether the user requested the test, instead of only changing a field
   */
  read: (target: Target, isAsked: boolean) => Entered | Wrong | null;
  /** Called when the test has passed. @param isAsked as above */
  onGood: (outcome: Outcome, isAsked: boolean) => void;
  /** Called when the test has failed. */
  onBad: (outcome: Outcome, isAsked: boolean) => void;
};

export type ConnectTest = {
  target: Target;
  outcome: Outcome | null;
  isAsking: boolean;
  /** The saved service that does not work yet. */
  kept: { readonly current: Kept | null };
  /** Whether there are unsaved entries. */
  isUnsaved: { readonly current: boolean };
  /** Starts the test now. */
  test: () => void;
  /** Clears the result after a change, and schedules another test. */
  changed: () => void;
  /** Sets up a second service of the same kind. */
  addAnother: () => void;
};

/** Tests the entered service at the user's request, and then automatically after each change. */
export function useConnectTest(options: Options): ConnectTest {
  const [target, setTarget] = useState(options.chosen);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isAsking, setAsking] = useState(false);
  // The next test has to know the service that an aborted one has saved, even before the form renders it.
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
