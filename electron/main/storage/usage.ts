// Measures the data folder's disk usage, in slices of a few milliseconds.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { StorageUsage } from '../../../shared/contract/trash';
import { arrivalsFolder, keptFolder } from '../../../shared/domain/picture-files';
import type { PictureRow } from '../db/picture-rows';
import type { ReadContext } from '../db/read';
import type { Slices } from '../db/slices';
import {
  backupsFolder,
  filesInSync,
  isGone,
  pictureFoldersSync,
  picturesFolder,
  recoveryFolder,
  stemOf,
} from './picture-folder';

/**
 * Number of file sizes read per slice. They are read synchronously, which takes a few microseconds per file on the
 * reader thread and leaves the thread pool free for loading pictures.
 */
const filesPerSlice = 64;

type PictureKind = 'originals' | 'previews' | 'trash' | 'unclaimed';

/** Reads the size of every file, folder by folder. */
export function* usageInSlices({ dataFolder, store }: ReadContext): Slices<StorageUsage> {
  const pictures = { originals: 0, previews: 0, trash: 0, unclaimed: 0 };
  for (const folder of [...pictureFoldersSync(dataFolder), picturesFolder]) {
    const kindOf = createKindOf(folder === picturesFolder ? [] : store.pictureRows.inFolder(folder), store);
    const absolute = path.join(dataFolder, folder);
    for (const { name, bytes } of yield* sizesIn(absolute, filesInSync(absolute))) {
      pictures[kindOf(name)] += bytes;
    }
    yield;
  }
  for (const folder of [arrivalsFolder, keptFolder]) {
    const absolute = path.join(dataFolder, folder);
    pictures.unclaimed += sum(yield* sizesIn(absolute, filesInSync(absolute)));
  }
  const recoveryPath = path.join(dataFolder, recoveryFolder);
  const recovered = yield* sizesIn(recoveryPath, filesInSync(recoveryPath));
  const backups = yield* sizeOfTree(path.join(dataFolder, backupsFolder));
  // Count installed items first: a partial file that is hard-linked into one takes no extra space.
  const seen = new Set<string>();
  const engineFolder = path.join(dataFolder, 'engine');
  const models =
    (yield* sizeOfTree(path.join(engineFolder, 'builds'), seen)) +
    (yield* sizeOfTree(path.join(engineFolder, 'models'), seen));
  const downloads = yield* sizeOfTree(path.join(engineFolder, 'partial'), seen);
  const databaseFiles = filesInSync(dataFolder).filter((name) => name.startsWith('afterimage.db'));
  const database = yield* sizesIn(dataFolder, databaseFiles);
  return {
    ...pictures,
    models,
    downloads,
    backups,
    database: sum(database),
    recovery: sum(recovered),
    recoveryFiles: recovered.length,
    missingPictures: store.pictureRows.missingCount(),
    linked: store.pictureRows.linkedBytes(),
  };
}

/** Returns a function that classifies files by name, in a folder with these rows. */
function createKindOf(
  rows: readonly PictureRow[],
  { pictureRows }: ReadContext['store'],
): (name: string) => PictureKind {
  const originals = new Set(rows.map(({ file }) => path.posix.basename(file)));
  const kept = new Set(rows.filter(({ deletedAt }) => deletedAt === null).map(({ file }) => stemOf(file)));
  const deleted = new Set(rows.filter(({ deletedAt }) => deletedAt !== null).map(({ file }) => stemOf(file)));
  return (name) => {
    const stem = stemOf(name);
    if (kept.has(stem)) return isPreview(name) && !originals.has(name) ? 'previews' : 'originals';
    if (deleted.has(stem)) return 'trash';
    return pictureRows.isKnown(stem) ? 'originals' : 'unclaimed';
  };
}

/** Returns whether a file is a smaller version of a picture, named `<id>.<variant>.webp`. */
function isPreview(name: string): boolean {
  return name.endsWith('.webp') && name.split('.').length > 2;
}

type FileSize = { name: string; bytes: number };

/** @param seen hard-linked files that were already counted. */
function* sizesIn(folder: string, names: readonly string[], seen?: Set<string>): Slices<FileSize[]> {
  const sizes: FileSize[] = [];
  for (const name of names) {
    sizes.push({ name, bytes: sizeOf(path.join(folder, name), seen) });
    if (sizes.length % filesPerSlice === 0) yield;
  }
  return sizes;
}

function sum(sizes: readonly FileSize[]): number {
  return sizes.reduce((total, { bytes }) => total + bytes, 0);
}

function* sizeOfTree(folder: string, seen?: Set<string>): Slices<number> {
  let total = sum(yield* sizesIn(folder, filesInSync(folder), seen));
  for (const name of foldersIn(folder)) total += yield* sizeOfTree(path.join(folder, name), seen);
  return total;
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Returns 0 if the file was removed in the meantime, or if it was counted under another name. */
function sizeOf(file: string, seen?: Set<string>): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return 0;
  if (seen && found.nlink > 1) {
    const key = `${found.dev}/${found.ino}`;
    if (seen.has(key)) return 0;
    seen.add(key);
  }
  return found.size;
}

/** Returns how many bytes emptying Trash would free. */
export function* trashBytesInSlices({ dataFolder, store }: ReadContext): Slices<number> {
  const byFolder = new Map<string, Set<string>>();
  for (const { file } of store.trash.files()) {
    const folder = path.posix.dirname(file);
    const stems = byFolder.get(folder) ?? new Set();
    byFolder.set(folder, stems.add(stemOf(file)));
  }
  yield;
  let bytes = 0;
  for (const [folder, stems] of byFolder) {
    const absolute = path.join(dataFolder, folder);
    const names = filesInSync(absolute).filter((name) => stems.has(stemOf(name)));
    bytes += sum(yield* sizesIn(absolute, names));
    yield;
  }
  return bytes;
}
