// Runs the downloads that the user wants, one after the other, and says how far each is.
import type { EngineDownload } from '../../../shared/domain/engine';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import { type Failure, failure, type Result, success } from '../../../shared/domain/errors';
import { createDownloadRate } from './download-rate';
import { type Download, describeDownload, isRunning, retryAfterMs } from './download-state';
import type { Downloader, FetchEnd } from './downloader-process';
import type { EngineFolders } from './engine-folders';
import type { EngineItems } from './engine-items';
import { deletePartial, partialBytes } from './partial-files';
import { type DownloadPlan, entryBytes, entryDiskBytes, fetchTaskFor, installedItem } from './plan-download';
import { type OwnModel, readWanted, type WantedDownload, writeWanted } from './wanted-downloads';

export type DownloadsOptions = {
  folders: EngineFolders;
  items: EngineItems;
  downloader: Pick<Downloader, 'fetch'>;
  /** Returns what is missing of a model, or why it must not be downloaded now. */
  plan: (wanted: WantedDownload) => Promise<Result<DownloadPlan>>;
  /** Whether the disk has room for this many bytes more. */
  hasRoomFor: (bytes: number) => Promise<boolean>;
  /** Ends what uses an item. @returns whether its files may be replaced now. */
  release: (id: EngineItemId) => Promise<boolean>;
  /** Deletes what a cancelled download has installed, unless something else needs it. */
  removeBrought: (ids: readonly EngineItemId[]) => Promise<void>;
  /** Called whenever `list` has changed, for every progress. */
  onChange: () => void;
  /** Called when a model is ready to be used. */
  onReady: (label: string) => void;
  /** UTC milliseconds. */
  now: () => number;
  /** Milliseconds of a clock that never jumps. */
  monotonic: () => number;
  after: (milliseconds: number, work: () => void) => void;
};

export function createDownloads(options: DownloadsOptions) {
  const { folders, items, downloader, onChange } = options;
  let known: Download[] | null = null;
  let current: { download: Download; stop: () => void; ended: Promise<void> } | null = null;
  let isClosed = false;
  /** Settles when nothing is being deleted: a new download must not write where an old one is deleted. */
  let ending: Promise<unknown> = Promise.resolve();

  /** Read on first use, because most runs of the app need none of it. */
  function all(): Download[] {
    known ??= readWanted(folders).map((wanted) => createDownload(wanted));
    return known;
  }

  function createDownload(wanted: WantedDownload): Download {
    return {
      ...wanted,
      label: wanted.own?.label ?? wanted.model,
      state: wanted.isPaused ? 'paused' : 'waiting',
      receivedBytes: storedBytes(wanted),
      totalBytes: 0,
      neededBytes: 0,
      rate: createDownloadRate(options.monotonic),
      failure: null,
    };
  }

  /** The disk may be full because of a download: this run goes on without the file, and the next one asks again. */
  function save(): void {
    const wanted = all().map(({ model, isPaused, partial, brought, own }) => {
      return { model, isPaused, partial, brought, own };
    });
    try {
      writeWanted(folders, wanted);
    } catch (error) {
      console.error('The list of downloads cannot be written:', error);
    }
  }

  function find(model: EngineItemId): Download | undefined {
    return all().find((download) => download.model === model);
  }

  function change(download: Download, changes: Partial<Download>): void {
    Object.assign(download, changes);
    onChange();
  }

  /** Begins the next one that waits. */
  function advance(): void {
    if (isClosed || current !== null) return;
    const next = all().find(({ state }) => state === 'waiting');
    if (!next) return;
    const started = { download: next, stop: () => {}, ended: Promise.resolve() };
    current = started;
    started.ended = run(next)
      .catch((error: unknown) => {
        console.error('A download cannot be recorded:', error);
        const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
        fail(next, failure(isFull ? 'engine_disk_full' : 'engine_not_stored'));
      })
      .finally(() => {
        current = null;
        advance();
      });
  }

  async function run(download: Download): Promise<void> {
    const planned = await options.plan(download);
    if (download.state !== 'waiting') return;
    if (!planned.ok) return fail(download, planned);
    const { entries, label, allowLoopback } = planned.value;
    let before = 0;
    const totalBytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
    const neededBytes = entries.reduce((sum, entry) => sum + entryDiskBytes(entry), 0);
    const partial = [...new Set([...download.partial, ...entries.map(({ id }) => id)])];
    change(download, { label, totalBytes, neededBytes, partial, state: 'downloading', failure: null });
    save();
    for (const entry of entries) {
      // A damaged one is there already, and a server may use it.
      if (items.find(entry.id) && !(await options.release(entry.id)))
        return fail(download, failure('engine_in_use'));
      // A stop between two parts finds no task that it could end.
      if (download.isPaused) return;
      const end = await fetch(download, fetchTaskFor(entry, { folders, items, allowLoopback }), before);
      if (!end.ok) return fail(download, end);
      if (end.files === null) return;
      items.add(installedItem(entry, end.files, options.now()));
      await deletePartial(folders, entry.id);
      download.neededBytes -= entryDiskBytes(entry);
      download.brought = [...download.brought, entry.id];
      save();
      before += entryBytes(entry);
    }
    known = all().filter((other) => other !== download);
    save();
    onChange();
    options.onReady(download.label);
  }

  async function fetch(
    download: Download,
    task: ReturnType<typeof fetchTaskFor>,
    before: number,
  ): Promise<FetchEnd> {
    let isStopped = false;
    const fetching = downloader.fetch(task, (progress) => {
      const receivedBytes = before + progress.receivedBytes;
      // How far it came is the last thing that a stopped task says.
      if (isStopped) return change(download, { receivedBytes });
      if (progress.state === 'downloading') download.rate.add(receivedBytes);
      else download.rate.reset();
      const totalBytes = download.own === null ? download.totalBytes : progress.totalBytes;
      change(download, { state: progress.state, receivedBytes, totalBytes });
    });
    if (current?.download === download) {
      current.stop = () => {
        isStopped = true;
        fetching.stop();
      };
    }
    return fetching.ended;
  }

  function fail(download: Download, reason: Failure): void {
    const retryMs = retryAfterMs[reason.code];
    // A download that continues by itself also does so after a restart.
    download.isPaused = retryMs === undefined;
    download.rate.reset();
    change(download, { state: reason.code === 'engine_disk_full' ? 'paused' : 'failed', failure: reason });
    save();
    if (retryMs !== undefined) options.after(retryMs, () => void retry(download, reason, retryMs));
  }

  /** Continues a download that failed for a reason that passes, unless the user has decided otherwise meanwhile. */
  async function retry(download: Download, reason: Failure, retryMs: number): Promise<void> {
    const isStuck = () => !isClosed && find(download.model) === download && download.failure === reason;
    if (!isStuck()) return;
    const missing = Math.max(0, download.neededBytes - storedBytes(download));
    const mayContinue = reason.code !== 'engine_disk_full' || (await options.hasRoomFor(missing));
    if (!isStuck()) return;
    if (mayContinue) resume(download);
    else options.after(retryMs, () => void retry(download, reason, retryMs));
  }

  /** Returns how much of what is still to be installed is on the disk. */
  function storedBytes({ partial }: Pick<WantedDownload, 'partial'>): number {
    return partial.reduce((sum, id) => sum + partialBytes(folders, id), 0);
  }

  function resume(download: Download): void {
    if (download.state !== 'paused' && download.state !== 'failed') return;
    download.isPaused = false;
    change(download, { state: 'waiting', failure: null });
    save();
    advance();
  }

  /** Ends the work on a download and resolves when nothing of it is written any more. */
  async function stop(download: Download): Promise<void> {
    download.isPaused = true;
    download.rate.reset();
    change(download, { state: 'paused', failure: null });
    if (current?.download !== download) return;
    current.stop();
    await current.ended;
  }

  async function cancel(model: EngineItemId): Promise<Result<null>> {
    const download = find(model);
    if (!download) return failure('not_found');
    await stop(download);
    if (find(model) !== download) return success(null);
    known = all().filter((other) => other !== download);
    save();
    const others = partialIds();
    for (const id of download.partial) if (!others.has(id)) await deletePartial(folders, id);
    await options.removeBrought(download.brought);
    onChange();
    return success(null);
  }

  function partialIds(): ReadonlySet<EngineItemId> {
    return new Set(all().flatMap(({ partial }) => partial));
  }

  return {
    list: (): EngineDownload[] => all().map((download) => describeDownload(download, storedBytes(download))),
    /** Whether something is on its way now. */
    isRunning: (): boolean => all().some(isRunning),
    /** Whether an item is being downloaded, or waits for it. */
    isWanted: (id: EngineItemId): boolean => all().some(({ partial }) => partial.includes(id)),
    partialBytes: (id: EngineItemId): number => partialBytes(folders, id),
    /** Begins or continues a download. @param own null for a model of the catalogue. */
    async start(model: EngineItemId, own: OwnModel | null): Promise<Result<null>> {
      await ending;
      const before = find(model);
      if (before) resume(before);
      else {
        known = [...all(), createDownload({ model, isPaused: false, partial: [model], brought: [], own })];
        save();
        onChange();
        advance();
      }
      return success(null);
    },
    async pause(model: EngineItemId): Promise<Result<null>> {
      const download = find(model);
      if (!download) return failure('not_found');
      if (download.state !== 'failed') await stop(download);
      save();
      return success(null);
    },
    /** Ends a download and deletes what it has brought. */
    cancel(model: EngineItemId): Promise<Result<null>> {
      const cancelled = cancel(model);
      ending = Promise.allSettled([ending, cancelled]);
      return cancelled;
    },
    /** Continues what the last run was downloading. */
    continueAll: advance,
    /** Continues at once what has failed because the network was away. */
    wake(): void {
      for (const download of all()) {
        const code = download.failure?.code;
        if (code === 'engine_unreachable' || code === 'engine_connection_lost') resume(download);
      }
    },
    /** Ids of everything that is partly stored and wanted. */
    partialIds,
    close(): void {
      isClosed = true;
    },
  };
}
