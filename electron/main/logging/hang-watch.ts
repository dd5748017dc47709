// Detects and ends a process that hangs, without mistaking one that is starved of processor time.

export type HangWatchOptions = {
  /** Maximum time that the process may compute, or do nothing at all, without a sign of life (ms). */
  maxMs: number;
  /** Returns the processor time of all the process's threads (ms); null: unknown. */
  processorMs: () => number | null;
  /** Returns the time of a monotonic clock (ms). */
  elapsed: () => number;
};

/** A blocked process uses less processor time than this within `maxMs`, and a starved one uses more (ms). */
const minWorkedMs = 20;
/** Number of checks within `maxMs`. */
const checksInTime = 20;

/**
 * On a busy computer, a process may get 1% of the processor, so its processor time counts and not the clock. If it
 * uses none at all, for example because a drive no longer answers, the clock counts. Several threads use more
 * processor time than the clock shows, so `maxMs` must have passed on the clock in any case.
 */
export function createHangWatch({ maxMs, processorMs, elapsed }: HangWatchOptions) {
  type Check = { worked: number | null; at: number };
  /**
   * The first check since the last sign of life. Taken lazily, because signs of life are frequent and checks are not
   * free.
   */
  let first: Check | null = null;
  /** The last check that found the process computing. */
  let lastWorking: Check | null = null;

  return {
    /** Call when the process has a new task, or has given a sign of life. */
    restart(): void {
      first = null;
      lastWorking = null;
    },
    /** Checks the process. Call at regular intervals. */
    isHanging(): boolean {
      const now = { worked: processorMs(), at: elapsed() };
      first ??= now;
      lastWorking ??= now;
      const isLong = now.at - first.at >= maxMs;
      if (now.worked === null) return isLong;
      // The processor time becomes known once the process runs.
      if (now.worked - (first.worked ?? 0) >= maxMs) return isLong;
      if (now.worked - (lastWorking.worked ?? 0) >= minWorkedMs) lastWorking = now;
      return now.at - lastWorking.at >= maxMs;
    },
  };
}

/**
 * Watches a process while it has tasks, and ends it when it hangs.
 *
 * @param maxMs as above.
 * @param processorMs as above.
 * @param kill ends the process. Call `rest` once it has exited.
 */
export function createHangGuard(maxMs: number, processorMs: () => number | null, kill: () => void) {
  const watch = createHangWatch({ maxMs, processorMs, elapsed: () => performance.now() });
  let timer: NodeJS.Timeout | undefined;
  return {
    /** Call when the process has got its first task, or has given a sign of life while it has tasks. */
    work(): void {
      watch.restart();
      timer ??= setInterval(() => watch.isHanging() && kill(), maxMs / checksInTime).unref();
    },
    /** Call when the process has no more tasks, or has exited. */
    rest(): void {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
