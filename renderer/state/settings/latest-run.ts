// Debounces runs and executes them one at a time. Results of older runs are discarded.

export type LatestRun = {
  /** Starts a run at once, and cancels a running or scheduled one. */
  now: () => void;
  /** As `now`, after a pause that each call restarts. */
  soon: () => void;
  /** Cancels a running or scheduled run. */
  cancel: () => void;
};

/**
 * @param run does the work. It must check the signal after each step, because an aborted run must not change anything. The
 *   next run starts when this one has ended, so it must end soon after the abort.
 * @param pauseMs the pause before a run that was scheduled by `soon`.
 */
export function createLatestRun(run: (signal: AbortSignal) => Promise<void>, pauseMs: number): LatestRun {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: AbortController | null = null;
  let ended: Promise<void> = Promise.resolve();

  function cancel(): void {
    clearTimeout(timer);
    current?.abort();
    current = null;
  }

  function now(): void {
    cancel();
    const controller = new AbortController();
    current = controller;
    const before = ended;
    ended = before.then(async () => {
      if (!controller.signal.aborted) await run(controller.signal);
    });
  }

  return {
    now,
    cancel,
    soon() {
      cancel();
      timer = setTimeout(now, pauseMs);
    },
  };
}
