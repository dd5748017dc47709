// Loads pictures that arrive out of sight one after another, once no more arrive.

/** Wait after the last arrival (ms), because the processor is busy with small versions and visible pictures until then. */
const quietMs = 2000;
/** Time between two pictures (ms), about five times as long as one takes to load and decode. */
const stepMs = 150;

/** @param after runs work after a number of milliseconds, and returns a function that cancels it. */
export function createLoadQueue(after: (milliseconds: number, work: () => void) => () => void) {
  const waiting = new Set<() => void>();
  let cancel: () => void = () => {};

  function startNext(): void {
    const [load] = waiting;
    if (!load) return;
    waiting.delete(load);
    if (waiting.size > 0) cancel = after(stepMs, startNext);
    load();
  }

  return {
    /** @param load starts to load one picture. @returns a function that removes it from the queue. */
    add(load: () => void): () => void {
      waiting.add(load);
      cancel();
      cancel = after(quietMs, startNext);
      return () => {
        waiting.delete(load);
        if (waiting.size === 0) cancel();
      };
    },
  };
}
