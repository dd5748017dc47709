// Debounces runs and executes them one at a time. Results of older runs are discarded.

export type LatestRun = {
  /** Runs at once, in place of what runs or waits. */
  now: () => void;
  /** The same after a pause, which begins anew with each call. */
  soon: () => void;
  /** Ends what runs or waits. */
  cancel: () => void;
};

/**
 * @param run does the work. It looks at the signal after each step: what was aborted changes nothing any more. The next run
 *   begins when this one has ended, so it must end soon after the abort.
 * @param pauseMs the pause before a run that was asked for by `soon`.
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
