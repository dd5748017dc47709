// Measures what takes space in the data folder, in small steps.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StorageUsage } from '../../../shared/contract/trash';
import { arrivalsFolder, keptFolder } from '../../../shared/domain/picture-files';
import type { ReadStore } from '../db/open';
import type { PictureRow } from '../db/picture-rows';
import {
  backupsFolder,
  filesIn,
  isGone,
  pictureFolders,
  picturesFolder,
  recoveryFolder,
  stemOf,
} from './picture-folder';
import type { StorageContext } from './storage-context';

/** How many file sizes are read at once. */
const maxAtOnce = 32;

export type UsageContext = Pick<StorageContext, 'dataFolder' | 'signal' | 'pause'> & { store: ReadStore };

type PictureKind = 'originals' | 'previews' | 'trash' | 'unclaimed';

/** Reads the size of every file, folder by folder. Returns null if the app ended before it was complete. */
export async function readUsage(context: UsageContext): Promise<StorageUsage | null> {
  const { dataFolder, store } = context;
  const pictures = { originals: 0, previews: 0, trash: 0, unclaimed: 0 };
  for (const folder of [...(await pictureFolders(dataFolder)), picturesFolder]) {
    if (context.signal.aborted) return null;
    const kindOf = createKindOf(folder === picturesFolder ? [] : store.pictureRows.inFolder(folder), store);
    const absolute = path.join(dataFolder, folder);
    const sizes = await sizesIn(context, absolute, await filesIn(absolute));
    if (context.signal.aborted) return null;
    for (const { name, bytes } of sizes) {
      pictures[kindOf(name)] += bytes;
    }
    await context.pause();
  }
  for (const folder of [arrivalsFolder, keptFolder]) {
    const absolute = path.join(dataFolder, folder);
    pictures.unclaimed += sum(await sizesIn(context, absolute, await filesIn(absolute)));
  }
  const recoveryPath = path.join(dataFolder, recoveryFolder);
  const recovered = await sizesIn(context, recoveryPath, await filesIn(recoveryPath));
  const backups = await sizeOfTree(context, path.join(dataFolder, backupsFolder));
  const databaseFiles = (await filesIn(dataFolder)).filter((name) => name.startsWith('afterimage.db'));
  const database = await sizesIn(context, dataFolder, databaseFiles);
  if (context.signal.aborted) return null;
  return {
    ...pictures,
    backups,
    database: sum(database),
    recovery: sum(recovered),
    recoveryFiles: recovered.length,
    missingPictures: store.pictureRows.missingCount(),
  };
}

/** Returns a function that tells by a file's name what it is, in a folder with these rows. */
function createKindOf(
  rows: readonly PictureRow[],
  { pictureRows }: ReadStore,
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

async function sizesIn(context: UsageContext, folder: string, names: readonly string[]) {
  const sizes: { name: string; bytes: number }[] = [];
  for (let from = 0; from < names.length && !context.signal.aborted; from += maxAtOnce) {
    const batch = names.slice(from, from + maxAtOnce);
    sizes.push(
      ...(await Promise.all(
        batch.map(async (name) => ({ name, bytes: (await statOrNull(path.join(folder, name)))?.size ?? 0 })),
      )),
    );
    await context.pause();
  }
  return sizes;
}

function sum(sizes: readonly { bytes: number }[]): number {
  return sizes.reduce((total, { bytes }) => total + bytes, 0);
}

async function sizeOfTree(context: UsageContext, folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  let total = sum(await sizesIn(context, folder, files));
  for (const entry of entries) {
    if (entry.isDirectory()) total += await sizeOfTree(context, path.join(folder, entry.name));
  }
  return total;
}

/** Returns null if the file was removed in the meantime. */
async function statOrNull(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Returns how many bytes emptying Trash would free. */
export async function measureTrash(context: UsageContext): Promise<number> {
  const byFolder = new Map<string, Set<string>>();
  for (const { file } of context.store.trash.files()) {
    const folder = path.posix.dirname(file);
    const stems = byFolder.get(folder) ?? new Set();
    byFolder.set(folder, stems.add(stemOf(file)));
  }
  let bytes = 0;
  for (const [folder, stems] of byFolder) {
    const absolute = path.join(context.dataFolder, folder);
    const names = (await filesIn(absolute)).filter((name) => stems.has(stemOf(name)));
    bytes += sum(await sizesIn(context, absolute, names));
  }
  return bytes;
}
