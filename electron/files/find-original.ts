// Finds the original of a picture: in the data folder, or in a folder of the user's.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isUnchanged } from './is-unchanged';

/** The columns that locate a picture's file. */
export type StoredPlace = {
  /** Relative to the data folder. */
  file: string;
  bytes: number;
  linked_path: string | null;
  linked_modified_at: number | null;
};

/** Returns the picture's bytes, or null if its file is missing. */
export async function readOriginal(dataFolder: string, place: StoredPlace): Promise<Buffer | null> {
  const file = await findOriginal(dataFolder, place);
  return file === null ? null : readFile(file).catch(() => null);
}

/** Returns an absolute path; null for a user's file that was removed or changed, and so is a different picture. */
export async function findOriginal(
  dataFolder: string,
  { file, bytes, linked_path: linkedPath, linked_modified_at: modifiedAt }: StoredPlace,
): Promise<string | null> {
  if (linkedPath === null) return path.join(dataFolder, file);
  return (await isUnchanged({ path: linkedPath, bytes, modifiedAt: modifiedAt ?? 0 })) ? linkedPath : null;
}
