// What is known and not on disk yet: pictures that have arrived, ends of work, changes of the user's. Quitting waits for it.

export type UnsavedWork = ReturnType<typeof createUnsavedWork>;

/** Each name counts once, however often it is added. */
export function createUnsavedWork() {
  /** By what names each: the job of a picture, the name of an end, the event of a request. */
  const unsaved = new Set<unknown>();
  let waiting: (() => void)[] = [];

  return {
    /** Something is to be saved that only this process has. */
    add(name: unknown): void {
      unsaved.add(name);
    },
    /** It is saved, or given up. */
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
