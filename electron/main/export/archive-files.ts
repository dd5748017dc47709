// The files of a full export that are not gallery pictures: masks, originals of converted pictures, small versions of
// pictures whose file is missing, and unreadable bytes that services sent.
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { maskFile, masksFolder } from '../../../shared/domain/edits';
import {
  derivedFilesOf,
  factsOf,
  foreignFormats,
  keptFile,
  keptFolder,
  originalFile,
  pictureFile,
} from '../../../shared/domain/picture-files';
import { writeAtomically } from '../../files/write-atomically';
import { type ArchivedFile, furtherFolder } from './archive-format';
import { type ExportTarget, splitIntoChunks } from './export-target';
import { sha256 } from './sha256';

/** Adds a file of the data folder to an export. @returns null if it is gone. */
export async function writeFurther(
  dataFolder: string,
  file: string,
  target: ExportTarget,
): Promise<ArchivedFile | null> {
  const bytes = await readFile(path.join(dataFolder, file)).catch(() => null);
  if (!bytes) return null;
  const name = path.posix.basename(file);
  await target.add(`${furtherFolder}/${name}`, splitIntoChunks(bytes));
  return { path: file, name, sha256: sha256(bytes) };
}

/** Returns the paths, relative to the data folder, of exported files that are not gallery pictures. */
export async function listFurther(dataFolder: string): Promise<string[]> {
  const folders = await Promise.all(
    [masksFolder, keptFolder].map(async (folder) => {
      const names = await readdir(path.join(dataFolder, folder)).catch(() => []);
      return names.map((name) => `${folder}/${name}`).toSorted();
    }),
  );
  return folders.flat().filter(isFurtherFile);
}

/**
 * Returns the path of the file that a picture was converted from, relative to the data folder; undefined if it was
 * not converted.
 */
export async function findOriginalFile(dataFolder: string, imageId: string): Promise<string | undefined> {
  const names = new Set(
    await readdir(path.dirname(path.join(dataFolder, originalFile(imageId, 'heic')))).catch(() => []),
  );
  return foreignFormats
    .map((format) => originalFile(imageId, format))
    .find((file) => names.has(path.posix.basename(file)));
}

/** Writes a file of an export into the data folder, unless it exists. The export's path is not trusted. */
export async function importFurtherFile(
  dataFolder: string,
  folder: string,
  { path: file, name, sha256: hash }: ArchivedFile,
): Promise<boolean> {
  if (!isFurtherFile(file)) return false;
  const target = path.join(dataFolder, file);
  const isThere = await access(target).then(
    () => true,
    () => false,
  );
  if (isThere) return true;
  const bytes = await readFile(path.join(folder, furtherFolder, name)).catch(() => null);
  if (!bytes || sha256(bytes) !== hash) return false;
  await writeAtomically(target, bytes);
  return true;
}

/** Returns whether a path has the form that Afterimage uses for masks, originals, small versions and kept files. */
function isFurtherFile(file: string): boolean {
  return furtherFilesOf(path.posix.basename(file)).includes(file);
}

/** Whether an export may have written a file of this name into its folder of further files. */
export function isFurtherName(name: string): boolean {
  return furtherFilesOf(name).some((file) => path.posix.basename(file) === name);
}

/** Returns every path that a further file can have whose name contains this id. */
function furtherFilesOf(name: string): string[] {
  const [id] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(name) ?? [];
  if (id === undefined) return [];
  const kept = keptFile(id);
  return [
    ...[maskFile(id), kept, factsOf(kept)],
    ...foreignFormats.map((format) => originalFile(id, format)),
    ...derivedFilesOf(pictureFile(id, 'png')),
  ];
}
