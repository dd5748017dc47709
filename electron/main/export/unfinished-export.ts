// What a kill leaves of an export: its half, which the next start takes away again.
import { lstat, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { formatOfFile } from '../../../shared/domain/picture-files';
import { writeAtomically } from '../../files/write-atomically';

export const manifestName = 'manifest.json';

const recordSchema = z.object({ half: z.string().endsWith('.part').refine(path.isAbsolute) });

function recordOf(dataFolder: string): string {
  return path.join(dataFolder, 'export.json');
}

/** Says where a half is, once it is there and before anything is in it. */
export async function recordPartialExport(dataFolder: string, half: string): Promise<void> {
  await writeAtomically(recordOf(dataFolder), Buffer.from(JSON.stringify({ half })));
}

/** It has its name, or is gone. */
export async function clearPartialExport(dataFolder: string): Promise<void> {
  await rm(recordOf(dataFolder), { force: true });
}

/**
 * Removes what the record says was being written when the app died. The folder is the user's: what an export does
 * not write stays in it, and so does the folder then. Never rejects; what cannot be removed, or is on a disk that is
 * not there, is tried again by the next start.
 */
export async function removePartialExport(dataFolder: string): Promise<void> {
  const half = await readRecord(dataFolder);
  if (half === null) return;
  try {
    const isThere = await lstat(path.dirname(half)).catch(() => null);
    if (!isThere) return;
    await remove(half);
    await clearPartialExport(dataFolder);
    console.info('An export had been cut off. What there was of it has been removed.');
  } catch (error) {
    console.error('An export had been cut off, and what there is of it could not be removed:', error);
  }
}

async function readRecord(dataFolder: string): Promise<string | null> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(recordOf(dataFolder), 'utf8'))).half;
  } catch {
    return null;
  }
}

async function remove(half: string): Promise<void> {
  const there = await lstat(half).catch(() => null);
  if (!there?.isDirectory()) {
    if (there?.isFile()) await rm(half);
    return;
  }
  const names = await readdir(half);
  for (const name of names) {
    if (name === manifestName || formatOfFile(name) !== null) await rm(path.join(half, name));
  }
  const left = await readdir(half);
  if (left.length === 0) await rmdir(half);
}
