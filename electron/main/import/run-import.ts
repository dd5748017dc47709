// Runs one import: finds the files, imports them two at a time, and reports what was skipped.
import path from 'node:path';
import type { ImportProgress } from '../../../shared/contract/import';
import { createGalleryBatch } from './add-to-gallery';
import type { ImportContext } from './import-context';
import { createFileImporter } from './import-file';
import { createImportReport } from './import-report';
import { type Importer, ImporterExited } from './importer-process';

/** Two files at a time, so that one is read while another is decoded. */
const maxConcurrentFiles = 2;
/** A file during which the importer has exited this often is skipped. */
const maxImporterExits = 2;

export type ImportRun = {
  context: ImportContext;
  importer: Importer;
  /** Aborted by the user. */
  cancelled: AbortSignal;
  onProgress: (progress: ImportProgress) => void;
};

/**
 * Imports files and folders. An invalid file is skipped and reported. Never rejects: an import that cannot continue
 * ends as `stopped`.
 *
 * @param paths absolute paths of files and folders.
 */
export async function runImport(run: ImportRun, paths: readonly string[]): Promise<ImportProgress> {
  const { context, importer, cancelled, onProgress } = run;
  const { signal } = context;
  const report = createImportReport({ onProgress, signal });
  const batch = createGalleryBatch(context);
  let isStopped = false;
  const isOver = () => cancelled.aborted || isStopped || signal.aborted;
  const importFile = createFileImporter({
    context,
    importer,
    report,
    isOver,
    onStored(picture) {
      report.addImported();
      batch.add(picture);
    },
    onNotStored() {
      isStopped = true;
    },
  });

  async function findFiles(): Promise<string[]> {
    const files: string[] = [];
    for (let task: 'walk' | 'walk-on' = 'walk'; !isOver(); task = 'walk-on') {
      const reply = await importer.ask(task === 'walk' ? { type: task, paths: [...paths] } : { type: task });
      if (reply.type !== 'walked' || reply.isDone) break;
      files.push(...reply.files);
      for (const { name, reason } of reply.skipped) report.addSkipped(name, reason);
      report.addFound(reply.files.length);
    }
    return files;
  }

  /**
   * Retries files during which the importer exited one at a time, so that a harmful file fails alone.
   *
   * @param attempt starts at 1.
   */
  async function importFiles(files: readonly string[], attempt: number, concurrency: number): Promise<void> {
    const failedFiles: string[] = [];
    const queue = files.values();
    async function work(): Promise<void> {
      for (const file of queue) {
        if (isOver()) return;
        try {
          await importFile(file);
        } catch (error) {
          if (!(error instanceof ImporterExited)) {
            // Stops the concurrent import too, for example if the database cannot be written.
            isStopped = true;
            throw error;
          }
          failedFiles.push(file);
        }
      }
    }
    await Promise.all(Array.from({ length: concurrency }, work));
    if (failedFiles.length === 0 || isOver()) return;
    if (attempt < maxImporterExits) return importFiles(failedFiles, attempt + 1, 1);
    for (const file of failedFiles) report.addSkipped(path.basename(file), 'unreadable');
  }

  try {
    const files = await findFiles();
    report.start();
    await importFiles(files, 1, maxConcurrentFiles);
    batch.flush();
    return report.end(cancelled.aborted ? 'cancelled' : isStopped ? 'stopped' : 'done');
  } catch (error) {
    if (!signal.aborted) console.error('The import stopped early:', error);
    return report.end('stopped');
  }
}
