// Lists the files of a watched folder that may be pictures, without opening any.
import { lstat, opendir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { importedExtensions } from '../../../shared/domain/picture-files';
import type { ListedFile } from '../../../shared/domain/watched-folders';
import { isGone } from '../../files/is-gone';
import { isWithin } from '../../files/is-within';
import { maxDepth } from './walk';

const batchSize = 500;

export type ScannedBatch = {
  files: ListedFile[];
  folders: string[];
  state: 'going' | 'done' | 'missing' | 'unreadable';
};

/**
 * Yields batches of files that may be pictures. Follows no link, so that no file outside of the folder is listed
 * and no loop is followed. Skips names that begin with a dot, which are hidden, and files without a picture's
 * extension, because programs give unfinished files other ones. Leaves out a subfolder that cannot be read until
 * the next scan.
 *
 * @param folder absolute, without links.
 * @param dataFolder is never entered.
 */
export async function* scan(
  folder: string,
  subfolders: boolean,
  dataFolder: string,
): AsyncGenerator<ScannedBatch> {
  const ours = await realpath(dataFolder);
  let batch: ScannedBatch = { files: [], folders: [], state: 'going' };
  try {
    for await (const entry of entriesIn(folder, '', { subfolders, ours })) {
      if (typeof entry === 'string') batch.folders.push(entry);
      else batch.files.push(entry);
      if (batch.files.length + batch.folders.length < batchSize) continue;
      yield batch;
      batch = { files: [], folders: [], state: 'going' };
    }
    yield { ...batch, state: 'done' };
  } catch (error) {
    yield { ...batch, state: isGone(error) ? 'missing' : 'unreadable' };
  }
}

type ScanOptions = { subfolders: boolean; ours: string };

/** Yields each folder before its content. @param relative with forward slashes; "" for the watched folder. */
async function* entriesIn(
  root: string,
  relative: string,
  options: ScanOptions,
  depth = 1,
): AsyncGenerator<string | ListedFile> {
  const folder = path.join(root, relative);
  if (isWithin(folder, options.ours) || depth > maxDepth) return;
  const entries = await opendir(folder).catch((error: unknown) => {
    // If the watched folder itself cannot be read, nothing is known about its files.
    if (relative === '') throw error;
    return null;
  });
  if (!entries) return;
  yield relative;
  for await (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
    if (entry.isDirectory() && options.subfolders) yield* entriesIn(root, name, options, depth + 1);
    if (!entry.isFile() || !hasPictureEnding(entry.name)) continue;
    const stats = await lstat(path.join(root, name)).catch(() => null);
    if (!stats?.isFile()) continue;
    yield { path: name, bytes: stats.size, modifiedAt: Math.max(0, Math.round(stats.mtimeMs)) };
  }
}

function hasPictureEnding(name: string): boolean {
  return importedExtensions.includes(path.extname(name).slice(1).toLowerCase());
}
