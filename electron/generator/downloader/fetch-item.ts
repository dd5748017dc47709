// Downloads an item: fetches its files, verifies them, unpacks archives, and finally renames its folder into place.
import { chmod, copyFile, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { FetchTask, InstalledFile, WantedFile } from '../../../shared/generator/downloader-messages';
import { renameReplacing } from '../../files/rename-replacing';
import { flushFolder } from '../../files/write-atomically';
import { BadArchiveError } from './archive-entries';
import { type DownloadTiming, downloadFile } from './download-file';
import { hashFile } from './part-file';
import { unpackArchive } from './unpack-archive';

export type FetchState = 'downloading' | 'checking' | 'unpacking';

export type FetchOptions = {
  signal: AbortSignal;
  timing: DownloadTiming;
  onProgress: (state: FetchState, receivedBytes: number, totalBytes: number) => void;
};

/** A file that has been downloaded or found. `isPart`: it is a part file, which may be moved. */
type Ready = { file: WantedFile; path: string; bytes: number; isPart: boolean };

/**
 * Downloads an item. Hashes every file in this call, including files that an earlier call completed, before the
 * item's folder appears. The folder of unfinished files stays; the caller deletes it after recording the item.
 *
 * @throws the abort reason if the signal aborts. The downloaded files stay for the next call.
 */
export async function fetchItem(task: FetchTask, options: FetchOptions): Promise<Result<InstalledFile[]>> {
  try {
    const ready = await downloadAll(task, options);
    if (!ready.ok) return ready;
    return await install(task, ready.value, options);
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    if (error instanceof BadArchiveError) {
      console.error('An archive cannot be unpacked:', error.message);
      await rm(task.partialFolder, { recursive: true, force: true });
      return failure('engine_bad_archive');
    }
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOSPC' || code === 'EDQUOT') return failure('engine_disk_full');
    if (typeof code !== 'string') throw error;
    console.error('A download cannot be stored:', error);
    return failure('engine_not_stored');
  }
}

async function downloadAll(task: FetchTask, options: FetchOptions): Promise<Result<Ready[]>> {
  const { files, partialFolder, allowLoopback } = task;
  const ready: Ready[] = [];
  let before = 0;
  for (const [index, file] of files.entries()) {
    const rest = files.slice(index + 1).reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
    const report = (state: FetchState, received: number, total: number) =>
      options.onProgress(state, before + received, total === 0 ? 0 : before + total + rest);
    const found = await findCopy(file, options.signal);
    if (found !== null) {
      ready.push({ file, ...found, isPart: false });
      before += found.bytes;
      continue;
    }
    // Named by number, because a file's name may contain folders.
    const part = path.join(partialFolder, `${index}.part`);
    const held = await stat(part).then(
      ({ size }) => size,
      () => 0,
    );
    const downloaded = await downloadFile(file, {
      part,
      allowLoopback,
      signal: options.signal,
      timing: options.timing,
      onChecking: () => report('checking', held, file.bytes ?? 0),
      onProgress: (received, total) => report('downloading', received, total),
    });
    if (!downloaded.ok) return downloaded;
    ready.push({ file, path: part, bytes: downloaded.value, isPart: true });
    before += downloaded.value;
  }
  return success(ready);
}

/** Returns an installed file with the same content. Hashes it, because the user may have changed it. */
async function findCopy(
  file: WantedFile,
  signal: AbortSignal,
): Promise<{ path: string; bytes: number } | null> {
  for (const copy of file.copies) {
    const found = await hashFile(copy, signal).catch(() => null);
    signal.throwIfAborted();
    if (found?.sha256 === file.sha256) return { path: copy, bytes: found.bytes };
  }
  return null;
}

async function install(
  { partialFolder, folder, executable }: FetchTask,
  ready: readonly Ready[],
  { signal, onProgress }: FetchOptions,
): Promise<Result<InstalledFile[]>> {
  const staging = path.join(partialFolder, 'ready');
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  const total = ready.reduce((sum, { bytes }) => sum + bytes, 0);
  const installed: InstalledFile[] = [];
  // Unpack archives first, because that may fail, and a part that has been moved would have to be downloaded again.
  for (const { file, path: archive } of ready) {
    if (file.unpack === null) continue;
    onProgress('unpacking', total, total);
    const unpacked = await unpackArchive({ kind: file.unpack, archive, folder: staging }, signal);
    installed.push(...unpacked.map((entry) => ({ ...entry, from: file.name })));
  }
  const names = [...installed.map(({ name }) => name), ...ready.map(({ file }) => file.name)];
  if (executable !== null && !names.includes(executable))
    throw new BadArchiveError(`It has no ${executable}.`);
  for (const { file, path: source, bytes, isPart } of ready.filter(({ file }) => file.unpack === null)) {
    const target = path.join(staging, ...file.name.split('/'));
    await mkdir(path.dirname(target), { recursive: true });
    // A hard link keeps the part until the folder has its name, in case this process dies.
    await link(source, target).catch(() => (isPart ? rename(source, target) : copyFile(source, target)));
    installed.push({ name: file.name, bytes, sha256: file.sha256, from: file.name });
  }
  // The executable may be a separate file instead of part of an archive.
  if (executable !== null) await chmod(path.join(staging, executable), 0o755);
  await mkdir(path.dirname(folder), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await flushFolder(staging);
  await renameReplacing(staging, folder);
  await flushFolder(path.dirname(folder));
  return success(installed);
}
