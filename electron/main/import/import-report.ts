// Counts the files of an import and reports its progress.
import type { ImportProgress } from '../../../shared/contract/import';
import type { SkipReason } from '../../../shared/domain/import';

/** Minimum time between two progress events (ms). */
export const progressIntervalMs = 120;
/** Skipped files that are listed by name; further ones are only counted. */
const maxNames = 500;

export type ImportReport = ReturnType<typeof createImportReport>;

export type ImportReportOptions = {
  onProgress: (progress: ImportProgress) => void;
  /** Milliseconds of a clock that nobody can set. */
  elapsed?: () => number;
  /** Aborted when the app quits. Nothing is reported from then on. */
  signal: AbortSignal;
};

export function createImportReport({
  onProgress,
  signal,
  elapsed = () => performance.now(),
}: ImportReportOptions) {
  const progress: ImportProgress = {
    state: 'looking',
    found: 0,
    done: 0,
    added: 0,
    skipped: {},
    names: [],
    withoutRecipe: { count: 0, names: [] },
  };
  let reportedAt = Number.NEGATIVE_INFINITY;

  function report(): void {
    if (elapsed() - reportedAt < progressIntervalMs) return;
    reportedAt = elapsed();
    onProgress({ ...progress, names: [], withoutRecipe: { ...progress.withoutRecipe, names: [] } });
  }

  return {
    addFound(count: number): void {
      progress.found += count;
      report();
    },
    /** Call it when all files have been found. */
    start(): void {
      progress.state = 'running';
      report();
    },
    addImported(): void {
      progress.added += 1;
      progress.done += 1;
      report();
    },
    addSkipped(name: string, reason: SkipReason): void {
      // Files that are skipped during the search do not count as found.
      if (progress.state === 'running') progress.done += 1;
      progress.skipped[reason] = (progress.skipped[reason] ?? 0) + 1;
      if (progress.names.length < maxNames) progress.names.push({ name, reason });
      report();
    },
    /** For an imported picture whose metadata was too large to be read. */
    addWithoutRecipe(name: string): void {
      const { withoutRecipe } = progress;
      withoutRecipe.count += 1;
      if (withoutRecipe.names.length < maxNames) withoutRecipe.names.push(name);
      report();
    },
    end(state: ImportProgress['state']): ImportProgress {
      progress.state = state;
      if (!signal.aborted) onProgress(progress);
      return progress;
    },
  };
}
