// Reports event-loop delays that no measured task explains.
import { monitorEventLoopDelay } from 'node:perf_hooks';

export type WatchOptions = {
  /** Returns the duration of the longest measured task since the last call (ms). */
  takeKnown: () => number;
  /** A delay is reported if it is this much longer than the longest known task (ms). */
  minMs: number;
  report: (milliseconds: number) => void;
};

const resolutionMs = 10;
const checkIntervalMs = 1000;
/** The watch ends this long after the last activity (ms), because its timer would keep an idle processor awake. */
const activeMs = 5000;

/** @returns a function to call whenever work begins. */
export function watchEventLoop({ takeKnown, minMs, report }: WatchOptions): () => void {
  let histogram: ReturnType<typeof monitorEventLoopDelay> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let checksLeft = 0;

  function check(): void {
    if (!histogram || !timer) return;
    // The histogram holds the time between two samples, which includes the sampling interval itself.
    const delay = histogram.max / 1e6 - resolutionMs;
    const known = takeKnown();
    if (histogram.count > 0 && delay > known + minMs) report(delay);
    histogram.reset();
    checksLeft -= 1;
    if (checksLeft > 0) return;
    histogram.disable();
    clearInterval(timer);
    timer = null;
  }

  return () => {
    checksLeft = activeMs / checkIntervalMs;
    if (timer) return;
    histogram ??= monitorEventLoopDelay({ resolution: resolutionMs });
    histogram.reset();
    histogram.enable();
    takeKnown();
    timer = setInterval(check, checkIntervalMs);
    // The timer must not keep the process alive.
    timer.unref();
  };
}
