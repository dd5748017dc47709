// Writes the results of work. Keeps those that cannot be written, for example on a full disk, and retries until they
// are.
import type { Attempt } from '../db/attempts';
import type { UnsavedWork } from './unsaved-work';

/**
 * Writes one result now, or as soon as possible.
 *
 * @param name for the log. A later result with the same name replaces it.
 * @param write writes all of it, or throws and has written nothing.
 */
export type SaveEnd = (name: string, write: () => void) => void;

/**
 * Kept in memory only: after a crash, the next start recovers unwritten results from the rows and the disk.
 *
 * @param work tracks results that are not written yet.
 */
export function createUnsavedEnds(attempt: Attempt, work: Pick<UnsavedWork, 'add' | 'remove'>) {
  const unsaved = new Map<string, () => void>();

  function tryToWrite(name: string, write: () => void): void {
    attempt(name, () => {
      write();
      unsaved.delete(name);
      work.remove(name);
    });
  }

  const save: SaveEnd = (name, write) => {
    unsaved.set(name, write);
    work.add(name);
    tryToWrite(name, write);
  };

  return {
    save,
    /** Retries all unwritten results, in their order. */
    saveAll(): void {
      for (const [name, write] of [...unsaved]) tryToWrite(name, write);
    },
    /** Returns whether a result of this name is still unwritten. */
    has: (name: string): boolean => unsaved.has(name),
  };
}
