// Runs one export at a time, and reports its progress and result.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ExportProgress, exportKinds } from '../../../shared/contract/export';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { maxTiles } from '../../../shared/domain/gallery-timeline';
import type { Settings } from '../../../shared/domain/settings';
import type { Store } from '../db/open';
import { atIntervals } from '../ipc/at-intervals';
import type { Broadcast } from '../ipc/broadcast';
import { removeTemporaryCopies } from './drag-copies';
import { formatDay } from './export-file-names';
import { ExportCancelled, type ExportedPicture, exportPictures } from './export-pictures';
import { createFolderTarget } from './folder-target';
import { clearPartialExport, recordPartialExport, removePartialExport } from './partial-export';
import { type ImportedCounts, importArchive, NewerArchive, NoArchive, nothingImported } from './read-archive';
import { writeArchive } from './write-archive';
import { createZipTarget } from './zip-target';

export type ExportContext = {
  store: Store;
  generator: {
    /** Makes the smaller versions of a picture. */
    derive: (imageId: string, file: string) => void;
  };
  broadcast: Broadcast;
  /** Absolute path. */
  dataFolder: string;
  /** UTC milliseconds. */
  now: () => number;
  /** Aborted when the app quits. The database is closed from then on. */
  signal: AbortSignal;
  /** Called after an import that may have changed services and settings. @param before the previous settings */
  onArchiveImported: (before: Settings) => void;
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
    const { prompt, provider, model, params, width, height, file, created_at: createdAt } = row;
    const favourite = row.favourite === 1;
    const { bytes, linked_path, linked_modified_at } = row;
    const place = { bytes, linked_path, linked_modified_at };
    return { id, prompt, provider, model, params, width, height, favourite, createdAt, file, place };
  }

  /** Runs work that reports its progress. Sends no progress after the work has ended. */
  async function reporting<Value>(
    work: (onProgress: (progress: ExportProgress) => void) => Promise<Value>,
  ): Promise<Value> {
    let latest: ExportProgress | null = null;
    const reports = atIntervals(progressIntervalMs, () => {
      if (latest) broadcast('export:progress', latest);
    });
    try {
      return await work((progress) => {
        latest = progress;
        reports.changed();
      });
    } finally {
      reports.end();
    }
  }

  async function run(imageIds: readonly string[], kind: ExportKind, chosenPath: string) {
    const cancelling = new AbortController();
    running = cancelling;
    // The record holds one partial export, so the previous one must be removed first.
    await cleanUp;
    // Not shown: the name of the app and a date.
    const finalPath = kind === 'zip' ? chosenPath : freeFolder(chosenPath, `Afterimage ${formatDay(now())}`);
    const target = await (kind === 'zip' ? createZipTarget(finalPath) : createFolderTarget(finalPath));
    await recordPartialExport(dataFolder, target.partialPath).catch(async (error: unknown) => {
      await target.discard();
      throw error;
    });
    const counts = await reporting((onProgress) =>
      exportPictures({
        embedRecipes: store.settings.read().embedRecipes,
        dataFolder,
        imageIds,
        findPicture,
        target,
        signal: AbortSignal.any([cancelling.signal, context.signal]),
        onProgress,
      }),
    ).finally(() => clearPartialExport(dataFolder));
    return { path: finalPath, ...counts };
  }

  async function runArchive(chosenPath: string) {
    const cancelling = new AbortController();
    running = cancelling;
    await cleanUp;
    // Not shown: the name of the app and a date.
    const finalPath = freeFolder(chosenPath, `Afterimage ${formatDay(now())}`);
    const target = await createFolderTarget(finalPath);
    await recordPartialExport(dataFolder, target.partialPath).catch(async (error: unknown) => {
      await target.discard();
      throw error;
    });
    const signal = AbortSignal.any([cancelling.signal, context.signal]);
    const written = await reporting((onProgress) =>
      writeArchive({ store, dataFolder, target, signal, onProgress }),
    ).finally(() => clearPartialExport(dataFolder));
    return { path: finalPath, ...written };
  }

  async function runArchiveImport(folder: string) {
    const cancelling = new AbortController();
    running = cancelling;
    const before = store.settings.read();
    const imported = nothingImported();
    const signal = AbortSignal.any([cancelling.signal, context.signal]);
    let isCancelled = false;
    try {
      await reporting((onProgress) =>
        importArchive({
          ...{ store, dataFolder, folder, signal, onProgress, imported },
          derive: context.generator.derive,
        }),
      );
      context.onArchiveImported(before);
    } catch (error) {
      if (!(error instanceof ExportCancelled)) throw error;
      isCancelled = true;
    } finally {
      // Show what was imported, even if the import failed later.
      if (!context.signal.aborted) showImported(imported);
    }
    return {
      ...{ pictures: imported.pictures.length, conversations: imported.conversations.length },
      ...{ damaged: imported.damaged, damagedConversations: imported.damagedConversations },
      isCancelled,
    };
  }

  function showImported({ pictures, conversations }: ImportedCounts): void {
    // The gallery reloads completely if there are more pictures than it adds one by one.
    const images = pictures.slice(0, maxTiles + 1).flatMap((id) => store.userImages.find(id) ?? []);
    if (images.length > 0) broadcast('gallery:added', images);
    for (const id of conversations) {
      const conversation = store.conversations.find(id);
      if (conversation) broadcast('conversation:updated', conversation);
    }
    showDrafts(new Set(conversations));
    broadcast('collections:changed', {});
    broadcast('styles:changed', {});
    broadcast('trash:changed', {});
  }

  /** Otherwise the windows would take these chats for chats without a draft, and the next key press would replace it. */
  function showDrafts(conversations: ReadonlySet<string>): void {
    for (const { conversationId, draft } of store.drafts.all())
      if (conversations.has(conversationId)) broadcast('draft:changed', { conversationId, draft });
    for (const [messageId, draft] of Object.entries(store.drafts.ofEdits())) {
      const conversationId = store.messages.find(messageId)?.conversationId ?? '';
      if (conversations.has(conversationId)) broadcast('edit:changed', { messageId, draft });
    }
  }

  /** Runs one export or import at a time. Resolves with null if it was cancelled, and with `otherwise` for most errors. */
  async function once<Value>(
    work: () => Promise<Value>,
    otherwise: 'export_not_written' | 'archive_not_imported' = 'export_not_written',
  ): Promise<Result<Value | null>> {
    if (running) return failure('export_running');
    try {
      return success(await work());
    } catch (error) {
      if (error instanceof ExportCancelled) return success(null);
      if (error instanceof NoArchive) return failure('no_archive');
      if (error instanceof NewerArchive) return failure('newer_archive');
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === undefined) throw error;
      const isFull = code === 'ENOSPC' || code === 'EDQUOT';
      return failure(isFull && otherwise === 'export_not_written' ? 'export_disk_full' : otherwise);
    } finally {
      running = null;
    }
  }

  return {
    /**
     * Resolves with null if the export was cancelled.
     *
     * @param chosenPath path of the zip file, or of the folder in which a new folder is created.
     */
    start: (imageIds: readonly string[], kind: ExportKind, chosenPath: string) =>
      once(() => run(imageIds, kind, chosenPath)),
    isRunning: () => running !== null,
    /** @param chosenPath path of the folder in which a new folder is created. */
    startArchive: (chosenPath: string) => once(() => runArchive(chosenPath)),
    /** @param folder path of an export of everything. */
    startArchiveImport: (folder: string) => once(() => runArchiveImport(folder), 'archive_not_imported'),
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
