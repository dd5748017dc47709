// The folders that are watched while the app runs: adding, listing, switching and removing them.
import path from 'node:path';
import { failure, type Result, success } from '../../../../shared/domain/errors';
import type { FolderChoice, WatchedFolder } from '../../../../shared/domain/watched-folders';
import { newId } from '../../db/new-id';
import type { FolderRow } from '../../db/watched-folders';
import { progressIntervalMs } from '../import-report';
import { createFolderChoices } from './folder-choices';
import { createFolderScans, defaultTimings, type FolderLooksOptions, readUnread } from './folder-scans';
import { checkFolder } from './refuse-folder';
import { createSettling } from './settling';
import { describeWatched, newWatched, type Watched } from './watched';

/** Records that are removed in one step. */
const maxForgotten = 500;

export type WatchedFolders = ReturnType<typeof createWatchedFolders>;

export function createWatchedFolders(options: FolderLooksOptions) {
  const { context, timings } = options;
  const { store, broadcast, signal, dataFolder } = context;
  const { settleMs, patienceMs } = { ...defaultTimings, ...timings };
  const elapsed = () => performance.now();
  const folders = new Map<string, Watched>();
  const looks = createFolderScans(options, folders, { elapsed, report, reportSoon });
  const choices = createFolderChoices();
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

  function add(row: FolderRow): void {
    const watched = newWatched(row, createSettling({ settleMs, patienceMs, elapsed }), elapsed());
    readUnread(store, watched);
    folders.set(row.id, watched);
  }

  /** Returns the failure, or the row of a new folder. */
  async function addChosen(folder: string, choice: FolderChoice): Promise<Result<null>> {
    const checked = await check(folder);
    if (!checked.ok) return checked;
    const id = newId();
    store.transaction(() => store.watchedFolders.add(id, checked.value, choice, context.now()));
    add({ id, path: checked.value, ...choice, enabled: true });
    report();
    looks.plan();
    return success(null);
  }

  function check(folder: string): Promise<Result<string>> {
    load();
    return checkFolder(folder, { dataFolder, watched: [...folders.values()].map(({ row }) => row) });
  }

  async function forget(watched: Watched): Promise<void> {
    const { id } = watched.row;
    await looks.idle();
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
      looks.start();
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
      looks.scheduleScan(watched, 0);
      report();
      return success(null);
    },
    /** Looks at a folder now. */
    look(id: string): Result<null> {
      const watched = folders.get(id);
      if (!watched || watched.isRemoved) return failure('not_found');
      looks.scheduleScan(watched, 0);
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
    idle: looks.idle,
    close(): void {
      for (const { hints } of folders.values()) hints?.close();
      looks.close();
      clearTimeout(reportTimer);
    },
  };
}
