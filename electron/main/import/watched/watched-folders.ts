// Watches folders while the app runs: looks at each at the start, after hints of the system, or from time to time.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../../shared/domain/errors';
import {
  type FolderChoice,
  type FolderState,
  pollIntervalMs,
  type WatchedFolder,
} from '../../../../shared/domain/watched-folders';
import { newId } from '../../db/new-id';
import type { FolderRow } from '../../db/watched-folders';
import type { ImportContext } from '../import-context';
import { progressIntervalMs } from '../import-report';
import type { ImporterPool } from '../importer-pool';
import type { Importer } from '../importer-process';
import { createFolderChoices } from './folder-choices';
import { createFolderHints, isRemote } from './folder-hints';
import { lookAtFolder } from './look-at-folder';
import { createLookSchedule } from './look-schedule';
import { checkFolder } from './refuse-folder';
import { createSettling } from './settling';
import { describeWatched, newWatched, type Watched } from './watched';

export type FolderTimings = {
  /** As in settling.ts. */
  settleMs: number;
  patienceMs: number;
  /** Between two looks without hints, and at a folder that is not there. */
  pollMs: number;
  /** Between a hint and the look, so that many changes are one look. */
  hintMs: number;
};

const defaultTimings: FolderTimings = {
  settleMs: 1000,
  patienceMs: 60_000,
  pollMs: pollIntervalMs,
  hintMs: 300,
};

/** The importer of watched folders ends when nothing has happened for this long (ms). */
const idleMs = 20_000;
/** How many times as long as its listing a folder is left alone. */
const restShare = 10;
/** Unreadable files that are listed by name. */
const maxNamed = 100;
/** Records that are removed in one step. */
const maxForgotten = 500;

export type WatchedFoldersOptions = {
  context: ImportContext;
  /** Opens importers of the lowest priority. */
  pool: Pick<ImporterPool, 'open' | 'close'>;
  beforeImport: () => void;
  /** Compares the pictures that stay in a folder with its files. Called after each look. @param folder absolute. */
  afterLook: (folder: string) => Promise<void>;
  timings?: Partial<FolderTimings>;
  createHints?: typeof createFolderHints;
  isRemote?: typeof isRemote;
};

export type WatchedFolders = ReturnType<typeof createWatchedFolders>;

export function createWatchedFolders({
  context,
  pool,
  beforeImport,
  afterLook,
  timings,
  createHints = createFolderHints,
  isRemote: findRemote = isRemote,
}: WatchedFoldersOptions) {
  const { store, broadcast, signal, dataFolder } = context;
  const { settleMs, patienceMs, pollMs, hintMs } = { ...defaultTimings, ...timings };
  const elapsed = () => performance.now();
  const folders = new Map<string, Watched>();
  const schedule = createLookSchedule({
    nextAt: () => Math.min(...[...folders.values()].map(({ lookAt }) => lookAt)),
    lookAtDue,
    elapsed,
    signal,
  });
  const choices = createFolderChoices();
  let importer: Importer | null = null;
  let idleTimer: NodeJS.Timeout | undefined;
  let reportTimer: NodeJS.Timeout | undefined;
  let isLoaded = false;
  let isStarted = false;

  function list(): WatchedFolder[] {
    load();
    return [...folders.values()].filter(({ isRemoved }) => !isRemoved).map(describeWatched);
  }

  /** The page may ask before the folders are looked at. */
  function load(): void {
    if (isLoaded) return;
    isLoaded = true;
    for (const row of store.watchedFolders.list()) add(row);
  }

  function report(): void {
    clearTimeout(reportTimer);
    reportTimer = undefined;
    if (!signal.aborted) broadcast('folders:changed', list());
  }

  /** Counts often; more events than the renderer can show would only cost time. */
  function reportSoon(): void {
    reportTimer ??= setTimeout(report, progressIntervalMs);
  }

  function readUnread(watched: Watched): void {
    const { id } = watched.row;
    const count = store.watchedFolders.unreadCount(id);
    const named = count === 0 ? [] : store.watchedFolders.unread(id, maxNamed);
    watched.unread = { count, files: named.map(({ name, reason }) => ({ name, reason })) };
  }

  function add(row: FolderRow): void {
    const watched = newWatched(row, createSettling({ settleMs, patienceMs, elapsed }), elapsed());
    readUnread(watched);
    folders.set(row.id, watched);
  }

  function lookIn(watched: Watched, ms: number): void {
    if (!watched.row.enabled || watched.isRemoved) return;
    watched.lookAt = Math.min(watched.lookAt, elapsed() + ms);
    schedule.plan();
  }

  async function lookAtDue(): Promise<void> {
    for (const watched of [...folders.values()]) {
      if (signal.aborted) return;
      if (watched.lookAt > elapsed()) continue;
      try {
        await lookAt(watched);
      } catch (error) {
        if (signal.aborted) return;
        console.error('A watched folder could not be looked at:', error);
        wait(watched, 'stopped');
      }
    }
    clearTimeout(idleTimer);
    idleTimer = setTimeout(closeImporter, idleMs);
  }

  function closeImporter(): void {
    if (schedule.isLooking() || !importer) return;
    pool.close(importer);
    importer = null;
  }

  async function lookAt(watched: Watched): Promise<void> {
    const { row, settling } = watched;
    watched.lookAt = Number.POSITIVE_INFINITY;
    if (!(await isThere(row.path))) {
      // Told once, not at each look.
      if (watched.state !== 'missing') await afterLook(row.path);
      return wait(watched, 'missing');
    }
    watched.isRemote = await findRemote(row.path);
    watched.state = 'looking';
    reportSoon();
    importer ??= pool.open();
    const isOver = () => signal.aborted || watched.isRemoved || !row.enabled;
    const { progress } = watched;
    const onProgress = () => {
      watched.state = progress.found > progress.done ? 'importing' : 'looking';
      reportSoon();
    };
    const {
      state,
      folders: found,
      listedMs,
    } = await lookAtFolder(
      { context, importer, settling, progress, isOver, onProgress, beforeImport, elapsed },
      row,
    );
    if (isOver()) return;
    await afterLook(row.path);
    if (isOver()) return;
    watched.row = { ...row, scannedAt: context.now() };
    readUnread(watched);
    if (state !== 'done') return wait(watched, state);
    settle(watched, found, listedMs);
  }

  /** The folder comes back by itself: it is looked at again and again. */
  function wait(watched: Watched, state: FolderState): void {
    watched.state = state;
    watched.hints?.close();
    watched.hints = null;
    lookIn(watched, pollMs);
    report();
  }

  /** @param listedMs how long the listing took. */
  function settle(watched: Watched, found: readonly string[], listedMs: number): void {
    const { row, settling } = watched;
    watched.restMs = listedMs * restShare;
    if (!watched.isRemote) {
      const isNew = watched.hints === null;
      watched.hints ??= createHints({
        ...{ folder: row.path, subfolders: row.subfolders },
        onHint: () => lookIn(watched, Math.max(hintMs, watched.restMs)),
      });
      watched.hints.setFolders(found);
      // What came between the look and the watch is found by another look.
      if (isNew) lookIn(watched, settleMs);
    }
    const next = settling.nextIn();
    if (next !== null) lookIn(watched, Math.max(next, watched.restMs));
    if (watched.isRemote || watched.hints?.isPolled()) lookIn(watched, pollMs);
    watched.state = next === null ? 'waiting' : 'importing';
    report();
  }

  /** Returns the failure, or the row of a new folder. */
  async function addChosen(folder: string, choice: FolderChoice): Promise<Result<null>> {
    const checked = await check(folder);
    if (!checked.ok) return checked;
    const id = newId();
    store.transaction(() => store.watchedFolders.add(id, checked.value, choice, context.now()));
    add({ id, path: checked.value, ...choice, enabled: true, scannedAt: null });
    report();
    schedule.plan();
    return success(null);
  }

  function check(folder: string): Promise<Result<string>> {
    load();
    return checkFolder(folder, { dataFolder, watched: [...folders.values()].map(({ row }) => row) });
  }

  async function forget(watched: Watched): Promise<void> {
    const { id } = watched.row;
    await schedule.idle();
    while (!signal.aborted) {
      const count = store.batch(() => store.watchedFolders.forgetFiles(id, maxForgotten));
      if (count < maxForgotten) break;
      await new Promise(setImmediate);
    }
    if (signal.aborted) return;
    store.transaction(() => store.watchedFolders.remove(id));
    folders.delete(id);
  }

  return {
    list,
    /** Looks at each folder and watches it from now on. Call it after the imports that a crash interrupted are finished. */
    start(): void {
      if (isStarted || signal.aborted) return;
      isStarted = true;
      load();
      if (folders.size > 0) report();
      schedule.start();
    },
    /** Checks a folder that the user has chosen. @param folder absolute. @returns what `watch` takes, and its path. */
    async choose(folder: string): Promise<Result<{ choiceId: string; path: string; name: string }>> {
      const checked = await check(folder);
      if (!checked.ok) return checked;
      const choiceId = choices.add(checked.value);
      return success({ choiceId, path: checked.value, name: path.basename(checked.value) });
    },
    async watch(choiceId: string, choice: FolderChoice): Promise<Result<null>> {
      const folder = choices.take(choiceId);
      return folder === undefined ? failure('not_found') : addChosen(folder, choice);
    },
    setEnabled(id: string, enabled: boolean): Result<null> {
      const watched = folders.get(id);
      if (!watched || watched.isRemoved) return failure('not_found');
      store.transaction(() => store.watchedFolders.setEnabled(id, enabled));
      watched.row.enabled = enabled;
      watched.row = { ...watched.row };
      watched.state = enabled ? 'waiting' : 'off';
      watched.hints?.close();
      watched.hints = null;
      watched.lookAt = Number.POSITIVE_INFINITY;
      lookIn(watched, 0);
      report();
      return success(null);
    },
    /** Looks at a folder now. */
    look(id: string): Result<null> {
      const watched = folders.get(id);
      if (!watched || watched.isRemoved) return failure('not_found');
      lookIn(watched, 0);
      return success(null);
    },
    /** Stops watching a folder. Its pictures stay. */
    remove(id: string): Result<null> {
      const watched = folders.get(id);
      if (!watched || watched.isRemoved) return failure('not_found');
      watched.isRemoved = true;
      watched.hints?.close();
      watched.lookAt = Number.POSITIVE_INFINITY;
      // Killed before all is forgotten, it stays stopped.
      store.transaction(() => store.watchedFolders.setEnabled(id, false));
      report();
      forget(watched).catch((error: unknown) => {
        if (!signal.aborted) console.error('A watched folder could not be forgotten:', error);
      });
      return success(null);
    },
    /** Returns the absolute path, or undefined if there is no such folder. */
    pathOf: (id: string): string | undefined => folders.get(id)?.row.path,
    /** Resolves when no look is under way. */
    idle: schedule.idle,
    close(): void {
      for (const { hints } of folders.values()) hints?.close();
      schedule.close();
      for (const pending of [idleTimer, reportTimer]) clearTimeout(pending);
      if (importer) pool.close(importer);
      importer = null;
    },
  };
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
