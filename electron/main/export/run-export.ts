// One export at a time: where it goes, how far it is, and how it ended in words.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Reply } from '../../../shared/contract';
import type { exportKinds } from '../../../shared/contract/export';
import { failure, success } from '../../../shared/domain/errors';
import type { ReadStore } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import { formatDay } from './export-file-names';
import { ExportCancelled, type ExportedPicture, exportPictures } from './export-pictures';
import { createFolderTarget, createZipTarget } from './export-target';
import { clearPartialExport, recordPartialExport, removePartialExport } from './unfinished-export';

/** What exporting needs of the rest of the app. */
export type ExportContext = {
  store: Pick<ReadStore, 'pictureFacts' | 'settings'>;
  broadcast: Broadcast;
  /** Absolute. */
  dataFolder: string;
  /** UTC milliseconds. */
  now: () => number;
  /** Aborted when the app ends: from then on the database is closed. */
  signal: AbortSignal;
};

type Ended = Reply<'export:start'>;

/** How often the screen hears how far it is, in milliseconds. */
const tellEvery = 100;

export function createExportRunner(context: ExportContext) {
  const { store, dataFolder, broadcast, now } = context;
  let running: AbortController | null = null;
  const cleared = removePartialExport(dataFolder);

  function pictureOf(id: string): ExportedPicture | undefined {
    // The app is ending: the database is not to be asked any more.
    if (context.signal.aborted) return undefined;
    const row = store.pictureFacts.row(id);
    if (!row) return undefined;
    const { prompt, provider, model, params, width, height, file } = row;
    const favourite = row.favourite === 1;
    return { id, prompt, provider, model, params, width, height, favourite, createdAt: row.created_at, file };
  }

  async function write(imageIds: readonly string[], as: (typeof exportKinds)[number], target: string) {
    const ending = new AbortController();
    running = ending;
    // What the last run of the app left must be away before there is something new.
    await cleared;
    const whole = as === 'zip' ? target : freeFolder(target, `Afterimage ${formatDay(now())}`);
    const opened = await (as === 'zip' ? createZipTarget(whole) : createFolderTarget(whole));
    await recordPartialExport(dataFolder, opened.half).catch(async (error: unknown) => {
      await opened.discard();
      throw error;
    });
    let told = Number.NEGATIVE_INFINITY;
    const counts = await exportPictures({
      embedRecipes: store.settings.read().embedRecipes,
      dataFolder,
      imageIds,
      pictureOf,
      target: opened,
      signal: AbortSignal.any([ending.signal, context.signal]),
      onProgress(progress) {
        if (now() - told < tellEvery && progress.done < progress.total) return;
        told = now();
        broadcast('export:progress', progress);
      },
    }).finally(() => clearPartialExport(dataFolder));
    return { path: whole, ...counts };
  }

  return {
    /** @param target the zip file, or the folder in which a new one is made. */
    async start(
      imageIds: readonly string[],
      as: (typeof exportKinds)[number],
      target: string,
    ): Promise<Ended> {
      if (running) return failure('export_running');
      try {
        return success(await write(imageIds, as, target));
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

/** @returns the path of a folder that is not there yet, nor was begun and cut off. */
function freeFolder(folder: string, name: string): string {
  for (let number = 1; ; number += 1) {
    const free = path.join(folder, number === 1 ? name : `${name} ${number}`);
    if (!existsSync(free) && !existsSync(`${free}.part`)) return free;
  }
}
