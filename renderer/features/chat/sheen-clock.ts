// The clock of the sheen: it ticks while something waits and the window is visible, and sleeps otherwise.

/** The parts of a document that the clock needs. */
export type VisibilitySource = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;

/** @param onTick called every `periodMs` while the clock runs. */
export function createSheenClock(source: VisibilitySource, periodMs: number, onTick: () => void) {
  let timer: ReturnType<typeof setInterval> | undefined;

  function sleep(): void {
    clearInterval(timer);
    timer = undefined;
  }

  /** Starts or stops the timer, which would waste power in a hidden window. */
  function follow(): void {
    if (source.visibilityState === 'visible') timer ??= setInterval(onTick, periodMs);
    else sleep();
  }

  return {
    start(): void {
      source.addEventListener('visibilitychange', follow);
      follow();
    },
    stop(): void {
      source.removeEventListener('visibilitychange', follow);
      sleep();
    },
  };
}
