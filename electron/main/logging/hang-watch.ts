// Tells a process that hangs from one that gets little of the processor.

export type HangWatchOptions = {
  /** How long the process may work, or do nothing at all, without being heard of (ms). */
  maxMs: number;
  /** Milliseconds that the process has had of the processor; null: not known. */
  processorMs: () => number | null;
  /** Milliseconds of a clock that nobody can set. */
  elapsed: () => number;
};

/** A process that is blocked has less of the processor in its whole time than this, and one that has to wait for it more (ms). */
const minWorkedMs = 20;

/**
 * On a busy computer a process of low priority may get a hundredth of the time, so that a clock says little about it: what
 * it has worked counts. Where it does not work at all, such as at a drive that no longer answers, the clock counts.
 */
export function createHangWatch({ maxMs, processorMs, elapsed }: HangWatchOptions) {
  const now = () => ({ worked: processorMs(), at: elapsed() });
  let heard = now();
  /** When the process was last seen to have worked. */
  let seen = heard;

  return {
    /** The process has a new task, or was heard of. */
    restart(): void {
      heard = now();
      seen = heard;
    },
    isHanging(): boolean {
      const { worked, at } = now();
      if (worked === null) return at - heard.at >= maxMs;
      // It is known from when the process runs.
      if (worked - (heard.worked ?? 0) >= maxMs) return true;
      if (worked - (seen.worked ?? 0) >= minWorkedMs) seen = { worked, at };
      return at - seen.at >= maxMs;
    },
  };
}
