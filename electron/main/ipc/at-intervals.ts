// Sends a state that changes often: at once, and then at a steady pace.

export type AtIntervals = {
  /** The state has changed. */
  changed: () => void;
  /** Nothing more is sent. */
  end: () => void;
};

/**
 * What has changed meanwhile is sent when the time has passed, also if nothing changes from then on: work on one large file
 * may take minutes. Timers do not depend on the clock, which may be set back.
 *
 * @param send sends the state as it is then.
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
