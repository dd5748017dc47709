// Waits for a condition of the app, and tells a slow machine from a step that never ends.
import { setTimeout as wait } from 'node:timers/promises';

/** Between two checks of a condition that a kill follows: short, so that the kill comes in its phase (ms). */
export const untilKillMs = 2;
/** Maximum sum of the pauses between two checks (ms). */
const maxPausesMs = 120_000;

/**
 * Checks a condition until it holds. Counts its own pauses instead of the time that passes, because checks take longer
 * on a busy machine, and the clock jumps on one that was suspended.
 *
 * @param pauseMs between two checks.
 * @returns whether the condition holds; false after too many checks.
 */
export async function holdsInTime(isMet: () => boolean | Promise<boolean>, pauseMs = 25): Promise<boolean> {
  for (let pausedMs = 0; pausedMs < maxPausesMs; pausedMs += pauseMs) {
    if (await isMet()) return true;
    await wait(pauseMs);
  }
  return isMet();
}

/** Waits until a condition holds. @throws with the message after too many checks. */
export async function waitUntil(isMet: () => boolean | Promise<boolean>, message: string): Promise<void> {
  if (!(await holdsInTime(isMet))) throw new Error(message);
}
