// Runs one import: finds the files, imports them, and reports what was skipped.
import type { ImportProgress } from '../../../shared/contract/import';
import type { ImportMode } from '../../../shared/domain/watched-folders';
import { createGalleryBatch } from './add-to-gallery';
import type { ImportContext } from './import-context';
import { type FileOutcome, type FileToImport, nameOf } from './import-file';
import { importFiles } from './import-files';
import { createImportReport } from './import-report';
import type { Importer } from './importer-process';

export type ImportRun = {
  context: ImportContext;
  importer: Importer;
  /** Whether pictures are copied, or stay where they are. */
  mode: ImportMode;
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
  const { context, importer, mode, cancelled, onProgress } = run;
  const { signal } = context;
  const report = createImportReport({ onProgress, signal });
  const batch = createGalleryBatch(context);
  let isStopped = false;
  const isOver = () => cancelled.aborted || isStopped || signal.aborted;

  async function findFiles(): Promise<FileToImport[]> {
    const files: FileToImport[] = [];
    for (let task: 'walk' | 'walk-on' = 'walk'; !isOver(); task = 'walk-on') {
      const reply = await importer.ask(task === 'walk' ? { type: task, paths: [...paths] } : { type: task });
      if (reply.type !== 'walked' || reply.isDone) break;
      for (const path of reply.files) files.push({ path });
      for (const { name, reason } of reply.skipped) report.addSkipped(name, reason);
      report.addFound(reply.files.length);
    }
    return files;
  }

  function onOutcome(file: FileToImport, outcome: FileOutcome): void {
    const name = nameOf(file);
    switch (outcome.kind) {
      case 'stored':
        report.addImported(name, outcome.notes);
        break;
      case 'duplicate':
        report.addSkipped(name, outcome.picture.location === 'trash' ? 'in-trash' : 'duplicate');
        break;
      case 'skipped':
        report.addSkipped(name, outcome.reason);
        // For example because the disk is full.
        if (outcome.reason === 'not-stored') isStopped = true;
        break;
    }
  }

  try {
    const files = await findFiles();
    report.start();
    const { add: onStored, finish: flush } = batch;
    await importFiles({ context, importer, isOver, mode, onStored, flush }, files, onOutcome);
    await batch.finish();
    await context.store.flushLog();
    return report.end(cancelled.aborted ? 'cancelled' : isStopped ? 'stopped' : 'done');
  } catch (error) {
    if (!signal.aborted) console.error('The import stopped early:', error);
    return report.end('stopped');
  }
}
