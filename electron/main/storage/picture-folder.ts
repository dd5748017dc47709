// The pictures' files on disk: which folders there are, and which files belong together.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pictureFile } from '../../../shared/domain/picture-files';

export const picturesFolder = 'images';
export const recoveryFolder = 'recovery';
export const backupsFolder = 'backups';

/** The operating system's own, in any folder that a user has looked into. */
const notOurs = new Set(['Thumbs.db', 'desktop.ini']);

/** @returns what comes before a file's first dot: everything named `<id>.…` belongs to the picture of that id. */
export function stemOf(file: string): string {
  const name = path.posix.basename(file);
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

/** @returns the names of the plain files in a folder; none where there is no such folder. */
export async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !notOurs.has(entry.name))
      .map(({ name }) => name);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/**
 * @returns the folders of pictures relative to the data folder, with forward slashes: the 256 that ids lead to,
 *   whether they are there or not, and what else there is.
 */
export async function pictureFolders(dataFolder: string): Promise<string[]> {
  const named = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));
  const entries = await readdir(path.join(dataFolder, picturesFolder), { withFileTypes: true }).catch(
    () => [],
  );
  const found = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return [...new Set([...named, ...found])].map((name) => `${picturesFolder}/${name}`);
}

/** Where files of a picture can be: beside the one that its row names, and where its id leads to. */
export function placesOf({ id, file }: { id: string; file: string }): { folder: string; stem: string }[] {
  return [file, pictureFile(id, 'png')]
    .map((name) => ({ folder: path.posix.dirname(name), stem: stemOf(name) }))
    .filter(
      ({ folder, stem }, index, all) =>
        stem !== '' &&
        isInside(folder) &&
        (index === 0 || stem !== all[0]?.stem || folder !== all[0]?.folder),
    );
}

/** A row that was tampered with must not lead out of the pictures' folder. */
function isInside(folder: string): boolean {
  const normal = path.posix.normalize(folder);
  return normal === picturesFolder || normal.startsWith(`${picturesFolder}/`);
}

export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
