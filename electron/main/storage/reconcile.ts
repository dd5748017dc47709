// Compares rows and files, folder by folder: marks missing files, and moves files without a row to the recovery folder.
import { access, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  displayOf,
  oldPrefetchFolder,
  readPictureName,
  thumbnailOf,
  thumbnailSides,
} from '../../../shared/domain/picture-files';
import { renameReplacing } from '../../files/rename-replacing';
import type { PictureRow } from '../db/picture-rows';
import { checkLinks } from './check-links';
import { filesIn, isGone, pictureFolders, picturesFolder, recoveryFolder, stemOf } from './picture-folder';
import { broadcastMessages, type StorageContext } from './storage-context';

/** Minimum age of a file without a row before it is moved: its picture may still be being made. */
const minAgeMs = 24 * 60 * 60 * 1000;

/** Maximum pictures per run for which missing small versions are requested. */
const maxDerived = 100;

export type Reconciled = {
  /** UTC milliseconds. */
  at: number;
  /** Pictures without a file. */
  missing: number;
  recoveryFiles: number;
};

/**
 * Marks pictures whose file is missing, and clears the mark of those whose file is there again. Moves files without a
 * row, and files that a crash left unfinished, to the recovery folder once they are a day old. Also asks the
 * generator to release originals that were replaced by a display file, and to create missing small versions. Nothing
 * is deleted, and every step can be repeated after a crash.
 *
 * A folder that cannot be read is skipped, and its pictures keep their state.
 *
 * @returns null if the app ended before the run was complete.
 */
export async function reconcile(context: StorageContext): Promise<Reconciled | null> {
  let remaining = maxDerived;
  for (const folder of [...(await pictureFolders(context.dataFolder)), picturesFolder]) {
    if (context.signal.aborted) return null;
    try {
      remaining -= await reconcileFolder(context, folder, remaining);
    } catch (error) {
      console.error(`The folder ${folder} could not be reconciled:`, error);
    }
    await context.pause();
  }
  await checkLinks(context, null);
  await moveOldPrefetches(context);
  const recoveryFiles = (await filesIn(path.join(context.dataFolder, recoveryFolder))).length;
  if (context.signal.aborted) return null;
  return { at: context.now(), missing: context.store.pictureRows.missingCount(), recoveryFiles };
}

/** Older versions left prefetched pictures without facts, and emptied the folder at each start. */
async function moveOldPrefetches(context: StorageContext): Promise<void> {
  for (const name of await filesIn(path.join(context.dataFolder, oldPrefetchFolder))) {
    if (!context.isHeld(name)) await moveOld(context, oldPrefetchFolder, [name]);
  }
}

/** Returns for how many pictures the small versions were requested: at most `remaining`. */
async function reconcileFolder(context: StorageContext, folder: string, remaining: number): Promise<number> {
  // The rows are read first: a picture that is stored in between has its file by the time the folder is read.
  const rows = folder === picturesFolder ? [] : rowsIn(context, folder);
  const names = await filesIn(path.join(context.dataFolder, folder));
  if (context.signal.aborted) return 0;
  markMissing(context, rows, new Set(names.map((name) => `${folder}/${name}`)));
  const present = new Set(names);
  releaseOriginals(context, rows, present);
  const lacking = rows.filter((row) => lacksThumbnail(row, present)).slice(0, remaining);
  for (const { id, file } of lacking) context.generator.derive(id, file, context.store.userImages.link(id));
  const stems = new Set(rows.map(({ file }) => stemOf(file)));
  for (const family of familiesIn(names)) {
    const candidates = isClaimed(context, folder, family, stems)
      ? family.filter((name) => isLeftover(name, stems))
      : family;
    await moveOld(context, folder, candidates);
    if (context.signal.aborted) break;
  }
  return lacking.length;
}

/** Adds the pictures of a folder that the gallery lacks, and returns all its rows. */
function rowsIn({ store }: StorageContext, folder: string): PictureRow[] {
  const lacking = store.pictureRows.notInGallery(folder);
  if (lacking.length > 0) {
    store.transaction(() => {
      for (const id of lacking) store.pictureRows.addToGallery(id);
    });
  }
  return store.pictureRows.inFolder(folder);
}

function markMissing(context: StorageContext, rows: readonly PictureRow[], present: Set<string>): void {
  const { store, broadcast } = context;
  // The file of a linked picture is elsewhere: see check-links.ts.
  const changed = rows.filter(
    ({ file, missingAt, purgedAt, linkedPath }) =>
      linkedPath === null && purgedAt === null && present.has(file) === (missingAt !== null),
  );
  if (changed.length === 0) return;
  store.transaction(() => {
    for (const { id, file } of changed) {
      store.pictureRows.setMissing(id, present.has(file) ? null : context.now());
    }
  });
  const images = changed.flatMap(({ id }) => store.userImages.find(id) ?? []);
  broadcast(
    'gallery:changed',
    images.filter(({ state }) => state !== 'trash'),
  );
  broadcastMessages(
    context,
    changed.map(({ id }) => id),
  );
}

/** Repeats a release that was lost because the app ended after the rows were written: see replace-original.ts. */
function releaseOriginals(
  { generator }: StorageContext,
  rows: readonly PictureRow[],
  names: ReadonlySet<string>,
): void {
  for (const { id, file, purgedAt } of rows) {
    const original = `${stemOf(file)}.png`;
    const isReplaced = purgedAt === null && file === displayOf(file) && names.has(path.posix.basename(file));
    if (isReplaced && names.has(original)) generator.releaseOriginal(id, file);
  }
}

/** One thumbnail is created after all other small versions, so they exist if all thumbnails do: see codec/derive.ts. */
function lacksThumbnail(
  { file, deletedAt, linkedPath, missingAt }: PictureRow,
  names: ReadonlySet<string>,
): boolean {
  const isThere = (name: string) => names.has(path.posix.basename(name));
  const hasOriginal = linkedPath === null ? isThere(file) : missingAt === null;
  return (
    deletedAt === null && hasOriginal && !thumbnailSides.every((side) => isThere(thumbnailOf(file, side)))
  );
}

/** Returns whether a file is an unfinished write, or the received bytes of a picture that has its file. */
function isLeftover(name: string, stems: ReadonlySet<string>): boolean {
  if (name.endsWith('.part')) return true;
  const known = readPictureName(name);
  return known?.kind === 'arrived' && stems.has(known.id);
}

/** Returns the names grouped by picture: files of one picture are kept or moved together. */
function familiesIn(names: readonly string[]): string[][] {
  const families = new Map<string, string[]>();
  for (const name of names) {
    const stem = stemOf(name);
    const family = families.get(stem);
    if (family) family.push(name);
    else families.set(stem, [name]);
  }
  return [...families.values()];
}

function isClaimed(
  { store, isHeld }: StorageContext,
  folder: string,
  family: readonly string[],
  stems: ReadonlySet<string>,
): boolean {
  const stem = stemOf(family[0] ?? '');
  if (stems.has(stem) || isHeld(stem) || store.pictureRows.isKnown(stem)) return true;
  return folder === picturesFolder && family.some((name) => store.pictureRows.hasFile(`${folder}/${name}`));
}

/** Moves files once the newest of them is old enough. */
async function moveOld(context: StorageContext, folder: string, names: readonly string[]): Promise<void> {
  const from = path.join(context.dataFolder, folder);
  const target = path.join(context.dataFolder, recoveryFolder);
  for (const name of names) {
    const { mtimeMs } = await stat(path.join(from, name)).catch(() => ({
      mtimeMs: Number.POSITIVE_INFINITY,
    }));
    if (mtimeMs > context.clock.retentionTime() - minAgeMs) return;
  }
  if (names.length > 0) await mkdir(target, { recursive: true });
  for (const name of names) {
    try {
      await renameReplacing(path.join(from, name), await freeName(target, name));
    } catch (error) {
      if (!isGone(error))
        console.error(`${folder}/${name} could not be moved to the recovery folder:`, error);
    }
  }
}

/** Returns a path that is not taken: no file in the recovery folder is ever overwritten. */
async function freeName(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = path.join(folder, number === 1 ? name : `${number} ${name}`);
    const isTaken = await access(candidate).then(
      () => true,
      () => false,
    );
    if (!isTaken) return candidate;
  }
}
