// Counts the files of an import and reports its progress.
import type { ImportProgress } from '../../../shared/contract/import';
import type { ImportNote, SkippedFile } from '../../../shared/domain/import';
import { atIntervals } from '../ipc/at-intervals';

/** Minimum time between two progress events (ms). */
export const progressIntervalMs = 120;
/** Skipped files, and notes on pictures, that are listed by name; further ones are only counted. */
const maxNames = 500;

export type ImportReportOptions = {
  onProgress: (progress: ImportProgress) => void;
  /** Aborted when the app quits. Nothing is reported from then on. */
  signal: AbortSignal;
};

export function createImportReport({ onProgress, signal }: ImportReportOptions) {
  const progress: ImportProgress = {
    state: 'looking',
    found: 0,
    done: 0,
    added: 0,
    skipped: {},
    names: [],
    notes: {},
    noted: [],
  };
  /** Listed after the others, which the user may have to look at. */
  const present: SkippedFile[] = [];
  const { changed, end } = atIntervals(progressIntervalMs, () => {
    if (!signal.aborted) onProgress({ ...progress, names: [], noted: [] });
  });

  return {
    addFound(count: number): void {
      progress.found += count;
      changed();
    },
    /** Call it when all files have been found. */
    start(): void {
      progress.state = 'running';
      changed();
    },
    addImported(name: string, notes: readonly ImportNote[]): void {
      progress.added += 1;
      progress.done += 1;
      for (const note of notes) {
        progress.notes[note] = (progress.notes[note] ?? 0) + 1;
        if (progress.noted.length < maxNames) progress.noted.push({ name, note });
      }
      changed();
    },
    addSkipped({ name, reason, size }: SkippedFile): void {
      // Files that are skipped during the search do not count as found.
      if (progress.state === 'running') progress.done += 1;
      progress.skipped[reason] = (progress.skipped[reason] ?? 0) + 1;
      const list = reason === 'duplicate' ? present : progress.names;
      if (list.length < maxNames) list.push({ name, reason, ...(size && { size }) });
      changed();
    },
    end(state: ImportProgress['state']): ImportProgress {
      end();
      progress.state = state;
      progress.names = [...progress.names, ...present].slice(0, maxNames);
      if (!signal.aborted) onProgress(progress);
      return progress;
    },
  };
}
