// The layout of the pictures' files on disk: their folders, and which files belong together.
import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pictureFile, recoveryFolder } from '../../../shared/domain/picture-files';

export { recoveryFolder };

export const picturesFolder = 'images';
export const backupsFolder = 'backups';

/** Files that operating systems create in any folder that the user opens. */
const systemFiles = new Set(['Thumbs.db', 'desktop.ini']);

/** Returns the part of a file's name before its first dot: `<id>.…` belongs to the picture with that id. */
export function stemOf(file: string): string {
  const name = path.posix.basename(file);
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

/** Returns the names of the plain files in a folder; none if there is no such folder. */
export async function filesIn(folder: string): Promise<string[]> {
  try {
    return plainFiles(await readdir(folder, { withFileTypes: true }));
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** As `filesIn`, for the reader's thread. */
export function filesInSync(folder: string): string[] {
  try {
    return plainFiles(readdirSync(folder, { withFileTypes: true }));
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function plainFiles(entries: readonly Dirent[]): string[] {
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !systemFiles.has(entry.name))
    .map(({ name }) => name);
}

/**
 * Returns the picture folders relative to the data folder, with forward slashes: the 256 that ids map to, whether or
 * not they exist, and any others.
 */
export async function pictureFolders(dataFolder: string): Promise<string[]> {
  const folder = path.join(dataFolder, picturesFolder);
  return withNamedFolders(await readdir(folder, { withFileTypes: true }).catch(() => []));
}

/** As `pictureFolders`, for the reader's thread. */
export function pictureFoldersSync(dataFolder: string): string[] {
  const folder = path.join(dataFolder, picturesFolder);
  return withNamedFolders(existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []);
}

function withNamedFolders(entries: readonly Dirent[]): string[] {
  const named = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));
  const found = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return [...new Set([...named, ...found])].map((name) => `${picturesFolder}/${name}`);
}

/** Returns where a picture's files can be: next to the file that its row names, and in the folder of its id. */
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

/** Returns whether a folder is inside the pictures' folder, so that a tampered row cannot point outside. */
function isInside(folder: string): boolean {
  const normal = path.posix.normalize(folder);
  return normal === picturesFolder || normal.startsWith(`${picturesFolder}/`);
}

/** Returns whether an error says that there is no such file. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
