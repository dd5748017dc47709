// Gives a service its key and tests it with a request that generates nothing.
import type { Problem } from '../../../shared/domain/errors';
import type { ServiceId } from '../../../shared/domain/services';
import { useProviders } from './providers-store';
import { keyOfService } from './service-keys';

export type EnteredKey = { key: string | null; remember: boolean };

/** `problem` is null if the key could not be saved. */
export type Tested = { isGood: true } | { isGood: false; problem: Problem | null };

/**
 * Saves the key, if there is one, and tests the service. The result is also in `useProviders`.
 *
 * @param signal cancels the test after the current step.
 * @returns null if it was cancelled.
 */
export async function checkService(
  id: ServiceId,
  { key, remember }: EnteredKey,
  signal: AbortSignal,
): Promise<Tested | null> {
  const { keys, setKey, removeKey, check, forgetCheck } = useProviders.getState();
  if (key !== null) {
    if (!(await setKey(id, key, remember))) return { isGood: false, problem: null };
  } else if (keyOfService(keys, id).loss === 'session') {
    // The user continues without the key of the last session.
    await removeKey(id);
  }
  if (signal.aborted) return null;
  await Promise.race([check(id), aborted(signal)]);
  if (signal.aborted) {
    forgetCheck(id);
    return null;
  }
  const checked = useProviders.getState().checked[id];
  if (checked?.state === 'good') return { isGood: true };
  // Returns the result of a newer check if one was started elsewhere.
  return checked?.state === 'bad' ? { isGood: false, problem: checked.problem } : null;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
