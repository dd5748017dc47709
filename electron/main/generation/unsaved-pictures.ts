// Pictures that have arrived from their provider and are not saved yet. Quitting waits for them.

export type UnsavedPictures = ReturnType<typeof createUnsavedPictures>;

export function createUnsavedPictures() {
  const arrived = new Set<string>();
  let waiting: (() => void)[] = [];

  return {
    /** The bytes of a job's picture have arrived. */
    add(jobId: string): void {
      arrived.add(jobId);
    },
    /** The job's outcome, whatever it is, has been written. */
    remove(jobId: string): void {
      arrived.delete(jobId);
      if (arrived.size > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    areSaved: () => arrived.size === 0,
    /** Resolves when no unsaved picture is left. */
    async whenSaved(): Promise<void> {
      if (arrived.size > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
