// Lowers the codec's priority, because it works in the background while the user already sees the picture.
import { readdirSync } from 'node:fs';
import os from 'node:os';

/**
 * A third of the weight of other processes while they compete for the processor, and no difference otherwise:
 * https://man7.org/linux/man-pages/man7/sched.7.html. Windows has only priority classes, and treats this as normal.
 */
export const codecNiceness = 5;

/**
 * For work that takes minutes, during which the user does something else: a tenth of the weight of other processes.
 * Windows has a priority class for it.
 */
export const importNiceness = os.constants.priority.PRIORITY_BELOW_NORMAL;

/** For work that no user waits for. It runs while the processor is idle. */
export const idleNiceness = os.constants.priority.PRIORITY_LOW;

/**
 * Lowers the priority of this process. Call it before any work: on Linux each thread has its own priority, and new
 * threads inherit that of their creator.
 */
export function lowerPriority(niceness = codecNiceness): void {
  for (const thread of threads()) {
    try {
      os.setPriority(thread, niceness);
    } catch {
      // The thread has ended, or the system does not permit it: the process keeps its normal priority.
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
