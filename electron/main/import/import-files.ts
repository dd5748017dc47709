// Imports many files, two at a time, and retries those during which the importer exited.
import {
  createFileImporter,
  type FileImportOptions,
  type FileOutcome,
  type FileToImport,
} from './import-file';
import { ImporterExited, maxImporterExits } from './importer-process';

/** Two files at a time, so that one is read while another is decoded. */
const maxConcurrentFiles = 2;

/**
 * Retries files during which the importer exited one at a time, so that a harmful file fails alone.
 *
 * @param onOutcome called once for each file, unless the import is over before.
 * @throws an error of the database, after which nothing more is imported.
 */
export async function importFiles<File extends FileToImport>(
  options: FileImportOptions,
  files: readonly File[],
  onOutcome: (file: File, outcome: FileOutcome) => void,
): Promise<void> {
  let hasFailed = false;
  const isOver = () => hasFailed || options.isOver();
  const importFile = createFileImporter({ ...options, isOver });

  /** @param attempt starts at 1. */
  async function run(queued: readonly File[], attempt: number, concurrency: number): Promise<void> {
    const failedFiles: File[] = [];
    const queue = queued.values();
    async function work(): Promise<void> {
      for (const file of queue) {
        if (isOver()) return;
        try {
          const outcome = await importFile(file);
          if (outcome.kind !== 'over') onOutcome(file, outcome);
        } catch (error) {
          if (!(error instanceof ImporterExited)) {
            // Stops the concurrent lane too, for example if the database cannot be written.
            hasFailed = true;
            throw error;
          }
          failedFiles.push(file);
        }
      }
    }
    await Promise.all(Array.from({ length: concurrency }, work));
    if (failedFiles.length === 0 || isOver()) return;
    if (attempt < maxImporterExits) return run(failedFiles, attempt + 1, 1);
    for (const file of failedFiles) onOutcome(file, { kind: 'skipped', reason: 'unreadable' });
  }

  return run(files, 1, maxConcurrentFiles);
}

/** Runs work that a new importer begins anew. @throws ImporterExited if the importer exits too often. */
export async function retryIfImporterExits<Value>(
  work: () => Promise<Value>,
  isOver: () => boolean,
): Promise<Value> {
  for (let exits = 1; ; exits += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ImporterExited) || exits === maxImporterExits || isOver()) throw error;
    }
  }
}
