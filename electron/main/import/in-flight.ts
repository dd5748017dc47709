// The contents that are being imported and that the gallery does not have yet, of all imports that run at once.

/** One picture that is being stored. */
type Entry = {
  /** Resolves when its files are on disk, or when it turned out not to be stored. */
  stored: Promise<unknown>;
  /** Adds what is stored to the gallery. */
  flush: () => Promise<void>;
};

export type InFlight = ReturnType<typeof createInFlight>;

/** Keeps the same bytes from becoming two pictures when they come by two ways at the same time. */
export function createInFlight() {
  const byHash = new Map<string, Entry>();
  const hashesOf = new Map<string, readonly string[]>();

  return {
    add(imageId: string, hashes: readonly string[], entry: Entry): void {
      hashesOf.set(imageId, hashes);
      for (const hash of hashes) byHash.set(hash, entry);
    },
    /** Forgets a picture that the gallery has, or that was not stored. */
    remove(imageId: string): void {
      for (const hash of hashesOf.get(imageId) ?? []) byHash.delete(hash);
      hashesOf.delete(imageId);
    },
    /** Returns whether one of these contents is being stored. */
    has: (hashes: readonly string[]): boolean => hashes.some((hash) => byHash.has(hash)),
    /** Waits until the gallery has these contents if another import is storing them. */
    async settle(hashes: readonly string[]): Promise<void> {
      for (const hash of hashes) {
        const entry = byHash.get(hash);
        // Storing waits for nothing else, so two imports never wait for each other.
        await entry?.stored;
        await entry?.flush();
      }
    },
  };
}
