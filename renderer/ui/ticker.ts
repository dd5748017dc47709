// A clock that ticks only while somebody listens: one for all that show the same unit, so that they change in one frame.

/** @returns a function that calls its listener at each tick, and returns one that ends that. */
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
