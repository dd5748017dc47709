// Lowers the codec's priority, because its work is in the background once the user sees the picture.
import { readdirSync } from 'node:fs';
import os from 'node:os';

/**
 * A third of the weight of other processes where all of them wait for the processor, and no difference where it is free:
 * https://man7.org/linux/man-pages/man7/sched.7.html. Windows, which has only classes, takes it for the normal one.
 */
export const codecNiceness = 5;

/**
 * For work of minutes, during which the user goes on with something else: a tenth of the weight of other processes, and below
 * the codec. Windows has a class for it.
 */
export const importNiceness = os.constants.priority.PRIORITY_BELOW_NORMAL;

/** For work that no user waits for: it runs while the processor is free. */
export const idleNiceness = os.constants.priority.PRIORITY_LOW;

/** Call it before the first work: on Linux each thread has a priority of its own, and new ones that of their creator. */
export function lowerPriority(niceness = codecNiceness): void {
  for (const thread of threads()) {
    try {
      os.setPriority(thread, niceness);
    } catch {
      // The thread has ended, or the system does not allow it: then this process works as fast as others.
    }
  }
}

function threads(): number[] {
  if (process.platform !== 'linux') return [process.pid];
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [process.pid];
  }
}
