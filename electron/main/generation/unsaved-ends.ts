// Writes how work has ended. What cannot be written, such as on a full disk, is kept and tried again until it is.
import type { Attempt } from '../db/attempts';
import type { UnsavedWork } from './unsaved-work';

/**
 * Writes the end of one piece of work now, or as soon as that is possible.
 *
 * @param name of the end, for the log. Another end of the same name takes its place.
 * @param write writes all of it, or throws and has written nothing.
 */
export type SaveEnd = (name: string, write: () => void) => void;

/**
 * Kept in memory only: what a killed process had not written, the next start learns from the rows and the disk.
 *
 * @param work learns of each end that is not written yet.
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
    /** Tries again to write everything that could not be written, in the order in which it ended. */
    saveAll(): void {
      for (const [name, write] of [...unsaved]) tryToWrite(name, write);
    },
    /** Returns whether there is an end of this name that could not be written yet. */
    has: (name: string): boolean => unsaved.has(name),
  };
}
