// Tells a process that hangs from one that gets little of the processor, and ends it.

export type HangWatchOptions = {
  /** How long the process may work, or do nothing at all, without being heard of (ms). */
  maxMs: number;
  /** Milliseconds that the process has had of the processor, all its threads together; null: not known. */
  processorMs: () => number | null;
  /** Milliseconds of a clock that nobody can set. */
  elapsed: () => number;
};

/** A process that is blocked has less of the processor in its whole time than this, and one that has to wait for it more (ms). */
const minWorkedMs = 20;
/** How often a process is looked at, of the time that it has. */
const checksInTime = 20;

/**
 * On a busy computer a process may get a hundredth of the time, so that a clock says little about it: what it has worked
 * counts. Where it does not work at all, such as at a drive that no longer answers, the clock counts. One with several
 * threads works for longer than the clock says, so that it has the whole time in any case.
 */
export function createHangWatch({ maxMs, processorMs, elapsed }: HangWatchOptions) {
  type Look = { worked: number | null; at: number };
  /** The first look since the process was heard of. Being heard of is frequent, and a look is not free. */
  let first: Look | null = null;
  /** When the process was last seen to have worked. */
  let lastWorking: Look | null = null;

  return {
    /** The process has a new task, or was heard of. */
    restart(): void {
      first = null;
      lastWorking = null;
    },
    /** Looks at the process. Call it at a steady pace. */
    isHanging(): boolean {
      const now = { worked: processorMs(), at: elapsed() };
      first ??= now;
      lastWorking ??= now;
      const isLong = now.at - first.at >= maxMs;
      if (now.worked === null) return isLong;
      // It is known from when the process runs.
      if (now.worked - (first.worked ?? 0) >= maxMs) return isLong;
      if (now.worked - (lastWorking.worked ?? 0) >= minWorkedMs) lastWorking = now;
      return now.at - lastWorking.at >= maxMs;
    },
  };
}

/**
 * Looks at a process as long as it has tasks, and ends it when it hangs.
 *
 * @param maxMs as above.
 * @param processorMs as above.
 * @param kill ends the process, whose end has to be reported by `rest`.
 */
export function createHangGuard(maxMs: number, processorMs: () => number | null, kill: () => void) {
  const watch = createHangWatch({ maxMs, processorMs, elapsed: () => performance.now() });
  let timer: NodeJS.Timeout | undefined;
  return {
    /** The process has tasks, and got the first of them or was heard of. */
    work(): void {
      watch.restart();
      timer ??= setInterval(() => watch.isHanging() && kill(), maxMs / checksInTime).unref();
    },
    /** The process has no tasks, or has ended. */
    rest(): void {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
