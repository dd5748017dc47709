// Runs actions that can cost money only once, even if the user clicks repeatedly before they end.
import { v7 as newId } from 'uuid';
import type { Failure } from '../../../shared/domain/errors';

type Intent = { id: string; isRunning: boolean };

const intents = new Map<string, Intent>();

/**
 * Runs an action unless the same one is running.
 *
 * @param intent a key for the user's intention, such as another picture of a certain message.
 * @param run its `id` stays the same until the action succeeds, so that a retry after a failure requests nothing twice.
 *   After a success, the same intention gets a new id.
 * @returns the failure, or null if it succeeded or is already running.
 */
export async function once(
  intent: string,
  run: (id: string) => Promise<Failure | null>,
): Promise<Failure | null> {
  const known = intents.get(intent) ?? { id: newId(), isRunning: false };
  if (known.isRunning) return null;
  intents.set(intent, known);
  known.isRunning = true;
  try {
    const problem = await run(known.id);
    if (!problem) intents.delete(intent);
    return problem;
  } finally {
    known.isRunning = false;
  }
}
