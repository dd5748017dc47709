// Finds a picture in the gallery or in Trash that has the same content as a file.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DuplicatePicture } from '../db/imports';
import type { ImportContext } from './import-context';
import { whenFree } from './when-free';

const batchSize = 50;

/** SHA-256 in hexadecimal, and length in bytes. */
export type FileContent = { contentHash: string; bytes: number };

/** Pictures that were generated here are hashed, and the hash is stored, only when a file of the same length appears. */
export async function findDuplicate(
  { store, dataFolder, signal }: ImportContext,
  { contentHash, bytes }: FileContent,
): Promise<DuplicatePicture | null> {
  const known = store.imports.findDuplicate(contentHash);
  if (known?.location === 'gallery') return known;
  for (let after = ''; ; ) {
    const rows = store.imports.notHashed(bytes, after, batchSize);
    for (const { id, file } of rows) {
      const hash = await hashFile(path.join(dataFolder, file));
      if (signal.aborted) return null;
      if (hash) await whenFree(signal, () => store.batch(() => store.imports.setHash(id, hash)));
      after = id;
    }
    if (rows.length < batchSize) return store.imports.findDuplicate(contentHash);
  }
}

/** Returns null if the file cannot be read. */
async function hashFile(file: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
    return hash.digest('hex');
  } catch {
    return null;
  }
}
