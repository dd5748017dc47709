// Removes, at the next start, the partial export that a crash has left behind.
import { lstat, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { formatOfFile } from '../../../shared/domain/picture-files';
import { writeAtomically } from '../../files/write-atomically';
import { isFurtherName } from './archive-files';
import { conversationFolder, furtherFolder, pictureFolder } from './archive-format';

export const manifestName = 'manifest.json';

/** `half` is the absolute path of the partial folder or zip file. */
const recordSchema = z.object({ half: z.string().endsWith('.part').refine(path.isAbsolute) });

function recordFile(dataFolder: string): string {
  return path.join(dataFolder, 'export.json');
}

/** Records the path of a partial export. Call it before anything is written into it. */
export async function recordPartialExport(dataFolder: string, partialPath: string): Promise<void> {
  await writeAtomically(recordFile(dataFolder), Buffer.from(JSON.stringify({ half: partialPath })));
}

/** Clears the record after the export was renamed or discarded. */
export async function clearPartialExport(dataFolder: string): Promise<void> {
  await rm(recordFile(dataFolder), { force: true });
}

/**
 * Removes the recorded partial export. Deletes only files that an export writes, because the folder is the user's.
 * Never rejects: the next start retries what cannot be removed, or is on a disk that is not connected.
 */
export async function removePartialExport(dataFolder: string): Promise<void> {
  const partialPath = await readRecord(dataFolder);
  if (partialPath === null) return;
  try {
    const parent = await lstat(path.dirname(partialPath)).catch(() => null);
    if (!parent) return;
    await remove(partialPath);
    await clearPartialExport(dataFolder);
    console.info('Removed the rest of an interrupted export.');
  } catch (error) {
    console.error('The rest of an interrupted export could not be removed:', error);
  }
}

async function readRecord(dataFolder: string): Promise<string | null> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(recordFile(dataFolder), 'utf8'))).half;
  } catch {
    return null;
  }
}

async function remove(partialPath: string): Promise<void> {
  const stats = await lstat(partialPath).catch(() => null);
  if (!stats?.isDirectory()) {
    if (stats?.isFile()) await rm(partialPath);
    return;
  }
  for (const folder of [pictureFolder, conversationFolder])
    await removeFiles(path.join(partialPath, folder), isPictureOrText);
  await removeFiles(path.join(partialPath, furtherFolder), isFurtherName);
  await removeFiles(partialPath, isPictureOrText);
}

function isPictureOrText(name: string): boolean {
  return /\.(?:json|md)$/.test(name) || formatOfFile(name) !== null;
}

/** Removes what an export writes into a folder, and the folder if nothing else is in it. */
async function removeFiles(folder: string, isOurs: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (isOurs(name)) await rm(path.join(folder, name));
  }
  const remaining = await readdir(folder).catch(() => null);
  if (remaining?.length === 0) await rmdir(folder);
}
