// Runs one import: finds the files, imports them, and reports what was skipped.
import { stat } from 'node:fs/promises';
import type { ImportProgress } from '../../../shared/contract/import';
import type { SkippedFile } from '../../../shared/domain/import';
import type { ImportMode } from '../../../shared/domain/watched-folders';
import { isGone } from '../../files/is-gone';
import { createGalleryBatch } from './add-to-gallery';
import type { ImportContext } from './import-context';
import { type FileOutcome, type FileToImport, nameOf } from './import-file';
import { importFiles, retryIfImporterExits } from './import-files';
import { createImportReport } from './import-report';
import { type Importer, ImporterExited } from './importer-process';

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
  /** Why the import cannot go on. */
  let obstacle: 'stopped' | 'source-gone' | null = null;
  const isOver = () => cancelled.aborted || obstacle !== null || signal.aborted;

  /** @throws ImporterExited, after `report` has forgotten what was found. */
  async function listFiles(): Promise<FileToImport[]> {
    const files: FileToImport[] = [];
    const skipped: SkippedFile[] = [];
    try {
      for (let task: 'walk' | 'walk-on' = 'walk'; !isOver(); task = 'walk-on') {
        const reply = await importer.ask(
          task === 'walk' ? { type: task, paths: [...paths] } : { type: task },
        );
        if (reply.type !== 'walked') throw new ImporterExited();
        if (reply.isDone) break;
        for (const path of reply.files) files.push({ path });
        skipped.push(...reply.skipped);
        report.addFound(reply.files.length);
      }
    } catch (error) {
      report.addFound(-files.length);
      throw error;
    }
    for (const file of skipped) report.addSkipped(file);
    return files;
  }

  let lookingForSource: Promise<void> | null = null;
  /** A drive that was disconnected takes all files with it, which need not be listed one by one. */
  async function stopIfSourceIsGone(): Promise<void> {
    if (await isNothingThere(paths)) obstacle ??= 'source-gone';
    lookingForSource = null;
  }

  function onOutcome(file: FileToImport, outcome: FileOutcome): void {
    const name = nameOf(file);
    switch (outcome.kind) {
      case 'stored':
        report.addImported(name, outcome.notes);
        break;
      case 'duplicate':
        report.addSkipped({
          name,
          reason: outcome.picture.location === 'trash' ? 'in-trash' : 'duplicate',
        });
        break;
      case 'skipped':
        report.addSkipped({ ...outcome, name });
        // For example because the disk is full.
        if (outcome.reason === 'not-stored') obstacle = 'stopped';
        if (outcome.reason === 'gone') lookingForSource ??= stopIfSourceIsGone();
        break;
    }
  }

  try {
    const files = await retryIfImporterExits(listFiles, isOver);
    report.start();
    const { add: onStored, finish: flush } = batch;
    await importFiles({ context, importer, isOver, mode, onStored, flush }, files, onOutcome);
    await lookingForSource;
    await batch.finish();
    await context.store.flushLog();
    return report.end(cancelled.aborted ? 'cancelled' : (obstacle ?? 'done'));
  } catch (error) {
    if (!signal.aborted) console.error('The import stopped early:', error);
    return report.end('stopped');
  }
}

async function isNothingThere(paths: readonly string[]): Promise<boolean> {
  for (const each of paths) {
    const isThere = await stat(each).then(
      () => true,
      (error: unknown) => !isGone(error),
    );
    if (isThere) return false;
  }
  return true;
}
