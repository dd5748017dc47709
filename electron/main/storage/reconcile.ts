// Compares the rows with the files, folder by folder: what is not there is marked, what belongs to nobody moved.
import { access, mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { displayOf, readPictureName, thumbnailOf } from '../../../shared/domain/picture-files';
import type { PictureRow } from '../db/picture-rows';
import { filesIn, isGone, pictureFolders, picturesFolder, recoveryFolder, stemOf } from './picture-folder';
import { type StorageContext, tellMessages } from './storage-context';

/** What nobody knows is left alone for this long: it may still be in the making. Milliseconds. */
const grace = 24 * 60 * 60 * 1000;

/** The generator is asked for the small versions of at most so many pictures at a time. */
const maxDerived = 100;

/** When it was done (UTC milliseconds), the pictures without a file, and the files in the recovery folder. */
export type Reconciled = { at: number; missing: number; recoveryFiles: number };

/**
 * Marks pictures whose file is not there, takes the mark from those whose file is there again, and moves files
 * that belong to no row, and those that a crash left unfinished, to the recovery folder once they are a day old.
 * Where a picture's rows show its display file and the original is still there, the generator is asked once more to
 * release it; where its smallest version is wanting, to make those that are. Nothing is deleted here, and every step
 * can be repeated: killed anywhere, the next run finds what is left.
 *
 * A folder that cannot be read says nothing about its pictures and is passed over.
 *
 * @returns null where the app ended before it was done.
 */
export async function reconcile(context: StorageContext): Promise<Reconciled | null> {
  let mayDerive = maxDerived;
  for (const folder of [...(await pictureFolders(context.dataFolder)), picturesFolder]) {
    if (context.signal.aborted) return null;
    try {
      mayDerive -= await reconcileFolder(context, folder, mayDerive);
    } catch (error) {
      console.error(`The folder ${folder} could not be reconciled:`, error);
    }
    await context.pause();
  }
  const recoveryFiles = (await filesIn(path.join(context.dataFolder, recoveryFolder))).length;
  if (context.signal.aborted) return null;
  return { at: context.now(), missing: context.store.pictureRows.missingCount(), recoveryFiles };
}

/** @returns of how many pictures the small versions were asked for: at most `mayDerive`. */
async function reconcileFolder(context: StorageContext, folder: string, mayDerive: number): Promise<number> {
  // Rows first: a picture that lands in between has its file by the time the folder is read.
  const rows = folder === picturesFolder ? [] : rowsIn(context, folder);
  const names = await filesIn(path.join(context.dataFolder, folder));
  if (context.signal.aborted) return 0;
  markMissing(context, rows, new Set(names.map((name) => `${folder}/${name}`)));
  const present = new Set(names);
  releaseOriginals(context, rows, present);
  const lacking = rows.filter((row) => lacksSmallest(row, present)).slice(0, mayDerive);
  for (const { id, file } of lacking) context.generator.derive(id, file);
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

/** @returns the rows of a folder, with those that the gallery should have had and has not. */
function rowsIn({ store }: StorageContext, folder: string): PictureRow[] {
  const strays = store.pictureRows.notInGallery(folder);
  if (strays.length > 0) {
    store.transaction(() => {
      for (const id of strays) store.pictureRows.addToGallery(id);
    });
  }
  return store.pictureRows.inFolder(folder);
}

function markMissing(context: StorageContext, rows: readonly PictureRow[], present: Set<string>): void {
  const { store, broadcast } = context;
  const changed = rows.filter(
    ({ file, missingAt, purgedAt }) => purgedAt === null && present.has(file) === (missingAt !== null),
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
  tellMessages(
    context,
    changed.map(({ id }) => id),
  );
}

/** The app may have ended between the rows and the word to the generator: see replace-original.ts. */
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

/** It is the last that is made of a picture: see generator/derive.ts. */
function lacksSmallest({ file, deletedAt }: PictureRow, names: ReadonlySet<string>): boolean {
  const isThere = deletedAt === null && names.has(path.posix.basename(file));
  return isThere && !names.has(path.posix.basename(thumbnailOf(file, 256)));
}

/** What a crash left of a write, and the bytes that waited beside a picture which has its file by now. */
function isLeftover(name: string, stems: ReadonlySet<string>): boolean {
  if (name.endsWith('.part')) return true;
  const known = readPictureName(name);
  return known?.kind === 'arrived' && stems.has(known.id);
}

/** @returns names in groups that belong together: they live and go together. */
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
  { store }: StorageContext,
  folder: string,
  family: readonly string[],
  stems: ReadonlySet<string>,
): boolean {
  const stem = stemOf(family[0] ?? '');
  if (stems.has(stem) || store.pictureRows.isKnown(stem)) return true;
  return folder === picturesFolder && family.some((name) => store.pictureRows.hasFile(`${folder}/${name}`));
}

/** Moves files once the youngest of them is old enough. */
async function moveOld(context: StorageContext, folder: string, names: readonly string[]): Promise<void> {
  const from = path.join(context.dataFolder, folder);
  const target = path.join(context.dataFolder, recoveryFolder);
  for (const name of names) {
    const { mtimeMs } = await stat(path.join(from, name)).catch(() => ({
      mtimeMs: Number.POSITIVE_INFINITY,
    }));
    if (mtimeMs > context.now() - grace) return;
  }
  if (names.length > 0) await mkdir(target, { recursive: true });
  for (const name of names) {
    try {
      await rename(path.join(from, name), await freeName(target, name));
    } catch (error) {
      if (!isGone(error))
        console.error(`${folder}/${name} could not be moved to the recovery folder:`, error);
    }
  }
}

/** @returns a path that is not taken: nothing in the recovery folder is ever written over. */
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
