// Throttles a frequently changing state: sends it at once, then at most once per interval.

export type AtIntervals = {
  /** Call when the state has changed. */
  changed: () => void;
  /** Stops sending. */
  end: () => void;
};

/**
 * Changes within an interval are sent at its end, even if no more follow: work on one large file may take minutes.
 * Uses timers and not the clock, which may be set back.
 *
 * @param send sends the current state.
 */
export function atIntervals(intervalMs: number, send: () => void): AtIntervals {
  let timer: NodeJS.Timeout | undefined;
  let hasChanged = false;
  let isOver = false;

  function changed(): void {
    hasChanged = true;
    if (timer || isOver) return;
    hasChanged = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (hasChanged) changed();
    }, intervalMs);
    timer.unref();
    send();
  }

  return {
    changed,
    end(): void {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
