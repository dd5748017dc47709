// Decides when pictures are loaded that arrive out of sight: once nothing more arrives, one after another.

/** While pictures arrive, the processor makes their small versions and decodes those that the user sees. */
const quietMs = 2000;
/** About five times as long as one picture takes to load and decode. */
const stepMs = 150;

/** @param after runs work after a number of milliseconds. @returns cancels that. */
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
    /** @param load starts to load one picture. @returns takes it out of the queue. */
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
