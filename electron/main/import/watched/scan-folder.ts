// Looks at a watched folder once: lists its files, imports those that are new and complete, and remembers what became of each.
import path from 'node:path';
import { type ImportNote, isSeenNote, type SkipReason } from '../../../../shared/domain/import';
import type { FolderProgress, ListedFile } from '../../../../shared/domain/watched-folders';
import type { FolderRow } from '../../db/watched-folders';
import { createGalleryBatch } from '../add-to-gallery';
import type { ImportContext } from '../import-context';
import type { FileOutcome, FileToImport } from '../import-file';
import { importFiles, retryIfImporterExits } from '../import-files';
import { type Importer, ImporterExited } from '../importer-process';
import type { Settling } from './settling';

/** Notes on pictures that are kept with the names of their files. */
const maxNoted = 100;

/** Records of unreadable files that one look checks for files that are gone. */
const maxUnreadChecked = 10_000;

/** Reasons that may only mean that a file is still being written. */
const unfinishedReasons: readonly SkipReason[] = [
  'truncated',
  'empty',
  'unreadable',
  'not-a-picture',
  'changing',
  'gone',
];

export type FolderScan = {
  context: ImportContext;
  importer: Importer;
  settling: Settling;
  /** Counts on while pictures keep coming in, so that a burst is one batch. */
  progress: FolderProgress;
  /** The user has stopped watching, or the app quits. */
  isOver: () => boolean;
  onProgress: () => void;
  /** Called before files are compared with the gallery. */
  beforeImport: () => void;
};

export type ScanResult = {
  state: 'done' | 'missing' | 'unreadable' | 'stopped';
  /** The folders that were found, relative to the watched one. */
  folders: string[];
  /** How much of a processor the listing took (ms). */
  listingMs: number;
};

export const noProgress: Readonly<FolderProgress> = {
  ...{ found: 0, done: 0, added: 0, present: 0 },
  notes: { files: [], count: 0 },
};

type WatchedFile = FileToImport & { listed: ListedFile };

/**
 * A file is recorded only after its picture is in the gallery. If the app is killed in between, the next look reads the
 * file again and recognises it by its content.
 *
 * @throws ImporterExited while listing, and errors of the database.
 */
export async function scanFolder(look: FolderScan, folder: FolderRow): Promise<ScanResult> {
  const { context, settling, progress, isOver } = look;
  const { store } = context;
  const { state, changed, ...listed } = await retryIfImporterExits(() => listFiles(look, folder), isOver);
  if (isOver() || state !== 'done') return { state, ...listed };
  const ready = settling.look(changed);
  // Another batch begins.
  if (progress.found === progress.done && settling.count() > 0) Object.assign(progress, noProgress);
  progress.found = progress.done + settling.count();
  look.onProgress();
  const isStopped = ready.length > 0 && (await importReady(look, folder, ready));
  if (!isOver()) store.batch(() => store.watchedFolders.setScanned(folder.id, context.now()));
  return { state: isStopped ? 'stopped' : 'done', ...listed };
}

/** Returns the files that were not read as they are now. Records of unreadable files that are gone are removed. */
async function listFiles(
  { context, importer, isOver }: FolderScan,
  { id, path: root, subfolders }: FolderRow,
) {
  const { store, version } = context;
  const unread = new Set(store.watchedFolders.unread(id, maxUnreadChecked).map(({ name }) => name));
  const changed: ListedFile[] = [];
  const folders: string[] = [];
  let listingMs = 0;
  for (let task: 'scan' | 'scan-on' = 'scan'; !isOver(); task = 'scan-on') {
    const reply = await importer.ask(
      task === 'scan' ? { type: task, folder: root, subfolders } : { type: task },
    );
    if (isOver()) break;
    if (reply.type !== 'scanned') throw new ImporterExited();
    listingMs += reply.workMs;
    folders.push(...reply.folders);
    for (const file of reply.files) unread.delete(file.path);
    changed.push(...store.watchedFolders.unknown(id, reply.files, version));
    if (reply.state === 'going') continue;
    if (reply.state === 'done' && unread.size > 0) {
      store.batch(() => unread.forEach((file) => void store.watchedFolders.forgetFile(id, file)));
    }
    return { state: reply.state, folders, listingMs, changed };
  }
  return { state: 'unreadable' as const, folders, listingMs, changed };
}

/** Returns whether a picture could not be stored, so that the folder has to wait. */
async function importReady(
  look: FolderScan,
  folder: FolderRow,
  ready: readonly ListedFile[],
): Promise<boolean> {
  const { context, importer, settling, progress } = look;
  const { store, version, signal } = context;
  let isStopped = false;
  /** Pictures that were stored: their files, and those that the gallery has. */
  const stored = new Map<string, { file: ListedFile; contentHash: string }>();
  const added = new Set<string>();

  function recordAdded(): void {
    const files = [...stored].filter(([id]) => added.has(id));
    if (files.length === 0 || signal.aborted) return;
    store.batch(() => {
      for (const [id, { file, contentHash }] of files) {
        store.watchedFolders.record(folder.id, file, { isTaken: true, contentHash });
        stored.delete(id);
        added.delete(id);
      }
    });
  }

  const batch = createGalleryBatch(context, {
    onAdded(ids) {
      for (const id of ids) added.add(id);
      recordAdded();
    },
  });

  /** A file that another version of the app has given up is not being written. */
  const mayBecomeWhole = (listed: ListedFile, reason: SkipReason) =>
    unfinishedReasons.includes(reason) && !store.watchedFolders.wasRead(folder.id, listed);

  function onOutcome({ listed }: WatchedFile, outcome: FileOutcome): void {
    if (signal.aborted) return;
    const record = (result: Parameters<typeof store.watchedFolders.record>[2]) =>
      store.batch(() => store.watchedFolders.record(folder.id, listed, result));
    switch (outcome.kind) {
      case 'stored':
        progress.added += 1;
        progress.notes = withNotes(progress.notes, listed.path, outcome.notes);
        stored.set(outcome.id, { file: listed, contentHash: outcome.contentHash });
        recordAdded();
        break;
      case 'duplicate':
        progress.present += 1;
        record({ isTaken: true, contentHash: outcome.contentHash });
        break;
      case 'unwanted':
        record({ isTaken: true, contentHash: outcome.contentHash });
        break;
      case 'skipped':
        if (outcome.reason === 'not-stored') isStopped = true;
        if (isStopped) return;
        if (mayBecomeWhole(listed, outcome.reason) && settling.mayWait(listed.path)) return;
        record({ isTaken: false, reason: outcome.reason, readBy: version });
        break;
      case 'changed':
        // It is being written: the next look lists it as it is then.
        if (!settling.mayWait(listed.path)) settling.forget(listed.path);
        return;
      case 'over':
        return;
    }
    settling.forget(listed.path);
    progress.done += 1;
    look.onProgress();
  }

  look.beforeImport();
  await importFiles(
    {
      ...{ context, importer, mode: folder.mode, onStored: batch.add, flush: batch.finish },
      isOver: () => isStopped || look.isOver(),
      isWatched: true,
      isUnwanted: store.watchedFolders.wasRemoved,
    },
    ready.map(
      (listed): WatchedFile => ({
        ...{ path: path.join(folder.path, listed.path), within: folder.path, listed },
        unchanged: { bytes: listed.bytes, modifiedAt: listed.modifiedAt },
      }),
    ),
    onOutcome,
  );
  await batch.finish();
  return isStopped;
}

/** Leaves out what nearly every photo of a phone has: these notes stay on the screen. */
function withNotes(
  { files, count }: FolderProgress['notes'],
  name: string,
  notes: readonly ImportNote[],
): FolderProgress['notes'] {
  const seen = notes.filter(isSeenNote).map((note) => ({ name, note }));
  return { files: [...files, ...seen].slice(0, maxNoted), count: count + seen.length };
}
