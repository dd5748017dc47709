// Tracks everything held only in memory: received pictures, results of work, and the user's changes. Quitting waits
// for it.

export type UnsavedWork = ReturnType<typeof createUnsavedWork>;

/** Each name counts once, however often it is added. */
export function createUnsavedWork() {
  /** Identified by the job of a picture, the name of a result, or the event of a request. */
  const unsaved = new Set<unknown>();
  let waiting: (() => void)[] = [];

  return {
    /** Adds something that still has to be saved. */
    add(name: unknown): void {
      unsaved.add(name);
    },
    /** Call when it is saved, or abandoned. */
    remove(name: unknown): void {
      unsaved.delete(name);
      if (unsaved.size > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    isAllSaved: () => unsaved.size === 0,
    /** Resolves when nothing is left to be saved. */
    async whenAllSaved(): Promise<void> {
      if (unsaved.size > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
