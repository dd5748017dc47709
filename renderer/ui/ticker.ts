// A clock that ticks only while it has listeners. Components that show the same unit share one, and change in one frame.

/** @returns a function that calls its listener at each tick, and returns a function that stops this. */
export function createTicker(everyMs: number): (listener: () => void) => () => void {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  return (listener) => {
    listeners.add(listener);
    timer ??= setInterval(() => {
      for (const tick of listeners) tick();
    }, everyMs);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  };
}
