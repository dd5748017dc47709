// Looks at watched folders: at the start, after hints of the system, or from time to time.
import { stat } from 'node:fs/promises';
import { type FolderState, pollIntervalMs } from '../../../../shared/domain/watched-folders';
import type { Store } from '../../db/open';
import type { ImportContext } from '../import-context';
import type { ImporterPool } from '../importer-pool';
import type { Importer } from '../importer-process';
import { createFolderHints, isRemote } from './folder-hints';
import { scanFolder } from './scan-folder';
import { createScanSchedule } from './scan-schedule';
import type { Watched } from './watched';

export type FolderTimings = {
  /** As in settling.ts. */
  settleMs: number;
  patienceMs: number;
  /** Between two looks without hints, and at a folder that is not there. */
  pollMs: number;
  /** Between a hint and the look, so that many changes are one look. */
  hintMs: number;
};

export const defaultTimings: FolderTimings = {
  settleMs: 1000,
  patienceMs: 60_000,
  pollMs: pollIntervalMs,
  hintMs: 300,
};

/** The importer of watched folders ends when nothing has happened for this long (ms). */
const idleMs = 20_000;
/**
 * How many times as long as a processor worked on its listing a folder is left alone. Not as long as the listing took: an
 * importer of the lowest priority waits for its turn, and may have to start.
 */
const restShare = 10;
/** Unreadable files that are listed by name. */
const maxNamed = 100;

export type FolderLooksOptions = {
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

type Folders = {
  elapsed: () => number;
  /** Tells the page how the folders are. */
  report: () => void;
  reportSoon: () => void;
};

/** @param folders those that are watched, by id. They may change at any time. */
export function createFolderScans(
  {
    context,
    pool,
    beforeImport,
    afterLook,
    timings,
    createHints = createFolderHints,
    isRemote: findRemote = isRemote,
  }: FolderLooksOptions,
  folders: ReadonlyMap<string, Watched>,
  { elapsed, report, reportSoon }: Folders,
) {
  const { store, signal } = context;
  const { settleMs, pollMs, hintMs } = { ...defaultTimings, ...timings };
  const schedule = createScanSchedule({
    nextAt: () => Math.min(...[...folders.values()].map(({ lookAt }) => lookAt)),
    scanDue,
    elapsed,
    signal,
  });
  let importer: Importer | null = null;
  let idleTimer: NodeJS.Timeout | undefined;

  function scheduleScan(watched: Watched, ms: number): void {
    if (!watched.row.enabled || watched.isRemoved) return;
    watched.lookAt = Math.min(watched.lookAt, elapsed() + ms);
    schedule.plan();
  }

  async function scanDue(): Promise<void> {
    for (const watched of [...folders.values()]) {
      if (signal.aborted) return;
      if (watched.lookAt > elapsed()) continue;
      try {
        await scan(watched);
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

  async function scan(watched: Watched): Promise<void> {
    const { row, settling } = watched;
    watched.lookAt = Number.POSITIVE_INFINITY;
    if (!(await isThere(row.path))) {
      // SentenceOrText once, not at each look.
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
      listingMs,
    } = await scanFolder({ context, importer, settling, progress, isOver, onProgress, beforeImport }, row);
    if (isOver()) return;
    await afterLook(row.path);
    if (isOver()) return;
    readUnread(store, watched);
    if (state !== 'done') return wait(watched, state);
    settle(watched, found, listingMs);
  }

  /** The folder comes back by itself: it is looked at again and again. */
  function wait(watched: Watched, state: FolderState): void {
    watched.state = state;
    watched.hints?.close();
    watched.hints = null;
    scheduleScan(watched, pollMs);
    report();
  }

  /** @param listingMs how much of a processor the listing took. */
  function settle(watched: Watched, found: readonly string[], listingMs: number): void {
    const { row, settling } = watched;
    watched.restMs = listingMs * restShare;
    if (!watched.isRemote) {
      const isNew = watched.hints === null;
      watched.hints ??= createHints({
        ...{ folder: row.path, subfolders: row.subfolders },
        onHint: () => scheduleScan(watched, Math.max(hintMs, watched.restMs)),
      });
      watched.hints.setFolders(found);
      // Another scan finds files that arrived between the scan and the watch.
      if (isNew) scheduleScan(watched, settleMs);
    }
    const next = settling.nextIn();
    if (next !== null) scheduleScan(watched, Math.max(next, watched.restMs));
    if (watched.isRemote || watched.hints?.isPolled()) scheduleScan(watched, pollMs);
    watched.state = next === null ? 'waiting' : 'importing';
    report();
  }

  return {
    /** Looks at a folder in so many milliseconds, if none of its looks is due earlier. */
    scheduleScan,
    start: schedule.start,
    plan: schedule.plan,
    idle: schedule.idle,
    close(): void {
      schedule.close();
      clearTimeout(idleTimer);
      if (importer) pool.close(importer);
      importer = null;
    },
  };
}

/** Reads which files of a folder cannot be read. */
export function readUnread(store: Pick<Store, 'watchedFolders'>, watched: Watched): void {
  const { id } = watched.row;
  const count = store.watchedFolders.unreadCount(id);
  const named = count === 0 ? [] : store.watchedFolders.unread(id, maxNamed);
  watched.unread = { count, files: named.map(({ name, reason }) => ({ name, reason })) };
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
