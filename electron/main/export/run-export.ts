// Runs one export at a time, and reports its progress and result.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Reply } from '../../../shared/contract';
import type { exportKinds } from '../../../shared/contract/export';
import { failure, success } from '../../../shared/domain/errors';
import type { ReadStore } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import { removeTemporaryCopies } from './drag-copies';
import { formatDay } from './export-file-names';
import { ExportCancelled, type ExportedPicture, exportPictures } from './export-pictures';
import { createFolderTarget } from './folder-target';
import { clearPartialExport, recordPartialExport, removePartialExport } from './partial-export';
import { createZipTarget } from './zip-target';

export type ExportContext = {
  store: Pick<ReadStore, 'pictureFacts' | 'settings'>;
  broadcast: Broadcast;
  /** Absolute path. */
  dataFolder: string;
  /** UTC milliseconds. */
  now: () => number;
  /** Aborted when the app quits. The database is closed from then on. */
  signal: AbortSignal;
};

type ExportKind = (typeof exportKinds)[number];

/** Minimum time between two progress events (ms). */
const progressIntervalMs = 100;

export function createExportRunner(context: ExportContext) {
  const { store, dataFolder, broadcast, now } = context;
  let running: AbortController | null = null;
  const cleanUp = removePartialExport(dataFolder);
  removeTemporaryCopies(dataFolder).catch(console.error);

  function findPicture(id: string): ExportedPicture | undefined {
    if (context.signal.aborted) return undefined;
    const row = store.pictureFacts.row(id);
    if (!row) return undefined;
    const { prompt, provider, model, params, width, height, file } = row;
    const favourite = row.favourite === 1;
    return { id, prompt, provider, model, params, width, height, favourite, createdAt: row.created_at, file };
  }

  function createProgressReporter() {
    let reportedAt = Number.NEGATIVE_INFINITY;
    return (progress: { done: number; total: number }) => {
      // Not by the clock: an export goes on when that is set back.
      const at = performance.now();
      if (at - reportedAt < progressIntervalMs && progress.done < progress.total) return;
      reportedAt = at;
      broadcast('export:progress', progress);
    };
  }

  async function run(imageIds: readonly string[], kind: ExportKind, chosenPath: string) {
    const cancelling = new AbortController();
    running = cancelling;
    // The record has room for one partial export, so the previous one must be gone first.
    await cleanUp;
    const finalPath = kind === 'zip' ? chosenPath : freeFolder(chosenPath, `Afterimage ${formatDay(now())}`);
    const target = await (kind === 'zip' ? createZipTarget(finalPath) : createFolderTarget(finalPath));
    await recordPartialExport(dataFolder, target.partialPath).catch(async (error: unknown) => {
      await target.discard();
      throw error;
    });
    const counts = await exportPictures({
      embedRecipes: store.settings.read().embedRecipes,
      dataFolder,
      imageIds,
      findPicture,
      target,
      signal: AbortSignal.any([cancelling.signal, context.signal]),
      onProgress: createProgressReporter(),
    }).finally(() => clearPartialExport(dataFolder));
    return { path: finalPath, ...counts };
  }

  return {
    /**
     * Resolves with null if the export was cancelled.
     *
     * @param chosenPath path of the zip file, or of the folder in which a new folder is created.
     */
    async start(
      imageIds: readonly string[],
      kind: ExportKind,
      chosenPath: string,
    ): Promise<Reply<'export:start'>> {
      if (running) return failure('export_running');
      try {
        return success(await run(imageIds, kind, chosenPath));
      } catch (error) {
        if (error instanceof ExportCancelled) return success(null);
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === undefined) throw error;
        return failure(code === 'ENOSPC' || code === 'EDQUOT' ? 'export_disk_full' : 'export_not_written');
      } finally {
        running = null;
      }
    },
    cancel(): void {
      running?.abort();
    },
  };
}

/** Returns the path of a folder that exists neither complete nor partial. */
function freeFolder(parent: string, name: string): string {
  for (let number = 1; ; number += 1) {
    const folder = path.join(parent, number === 1 ? name : `${name} ${number}`);
    if (!existsSync(folder) && !existsSync(`${folder}.part`)) return folder;
  }
}
