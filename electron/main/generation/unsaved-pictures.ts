// Which pictures have come from their provider and are not kept yet: what the end of the app waits for.

export type UnsavedPictures = ReturnType<typeof createUnsavedPictures>;

export function createUnsavedPictures() {
  const arrived = new Set<string>();
  let waiting: (() => void)[] = [];

  return {
    /** The bytes of a job's picture are here. */
    add(jobId: string): void {
      arrived.add(jobId);
    },
    /** How a job ended is written down, whatever way it went. */
    end(jobId: string): void {
      arrived.delete(jobId);
      if (arrived.size > 0) return;
      for (const tell of waiting) tell();
      waiting = [];
    },
    areKept: () => arrived.size === 0,
    /** Resolves when every picture that has arrived is kept, or has ended otherwise. */
    async whenKept(): Promise<void> {
      if (arrived.size > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
