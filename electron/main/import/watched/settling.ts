// Tells which files of a watched folder are complete: those that have not changed for a while.
import type { ListedFile } from '../../../../shared/domain/watched-folders';

export type SettlingOptions = {
  /** How long a file must keep its length and its time before it is read (ms). */
  settleMs: number;
  /** How long a file that is no complete picture may still become one (ms): an engine may pause while it writes. */
  patienceMs: number;
  /** Milliseconds of a monotonic clock. The times of files are only compared with each other. */
  elapsed: () => number;
};

type Seen = Pick<ListedFile, 'bytes' | 'modifiedAt'> & {
  /** When the file was first seen as it is, and when it may be read next. */
  since: number;
  readAt: number;
};

export type Settling = ReturnType<typeof createSettling>;

/** Tells which files of a watched folder are no longer being written. */
export function createSettling({ settleMs, patienceMs, elapsed }: SettlingOptions) {
  const seen = new Map<string, Seen>();

  return {
    /** Returns the files that may be read. @param files all that are new or have changed: others are forgotten. */
    look(files: readonly ListedFile[]): ListedFile[] {
      const now = elapsed();
      const listed = new Set(files.map(({ path }) => path));
      for (const path of seen.keys()) if (!listed.has(path)) seen.delete(path);
      return files.filter(({ path, bytes, modifiedAt }) => {
        const known = seen.get(path);
        if (known?.bytes === bytes && known.modifiedAt === modifiedAt) return known.readAt <= now;
        seen.set(path, { bytes, modifiedAt, since: now, readAt: now + settleMs });
        return false;
      });
    },
    /** Returns whether a file that is no complete picture should be read once more, later. */
    mayWait(path: string): boolean {
      const known = seen.get(path);
      const now = elapsed();
      if (!known || now - known.since >= patienceMs) return false;
      // Twice as long each time.
      known.readAt = now + Math.max(settleMs, now - known.since);
      return true;
    },
    forget(path: string): void {
      seen.delete(path);
    },
    /** Returns in how many milliseconds the next file may be read; null if there is none. */
    nextIn(): number | null {
      if (seen.size === 0) return null;
      let next = Number.POSITIVE_INFINITY;
      for (const { readAt } of seen.values()) next = Math.min(next, readAt);
      return Math.max(0, next - elapsed());
    },
    count: (): number => seen.size,
  };
}
