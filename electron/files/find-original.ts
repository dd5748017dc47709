// Where the bytes of a picture are: in the data folder, or in a folder of the user's.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isUnchanged } from './is-unchanged';

/** What a row says about the file of its picture. */
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

/** Returns an absolute path; null for a file of the user's that is gone or was changed: it is another picture. */
export async function findOriginal(
  dataFolder: string,
  { file, bytes, linked_path: linkedPath, linked_modified_at: modifiedAt }: StoredPlace,
): Promise<string | null> {
  if (linkedPath === null) return path.join(dataFolder, file);
  return (await isUnchanged({ path: linkedPath, bytes, modifiedAt: modifiedAt ?? 0 })) ? linkedPath : null;
}
