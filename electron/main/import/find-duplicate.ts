// Is a file's content in the gallery already?
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Twin } from '../db/imports';
import type { ImportContext } from './import-context';

const rowsAtOnce = 50;

/**
 * Pictures that were made here have no hash until a file of just their length comes: then theirs is made, and kept.
 *
 * @param contentHash SHA-256 in hexadecimal.
 * @param bytes the file's length.
 */
export async function findDuplicate(
  { store, dataFolder, signal }: ImportContext,
  contentHash: string,
  bytes: number,
): Promise<Twin | null> {
  const known = store.imports.findTwin(contentHash);
  if (known === 'gallery') return known;
  for (let after = ''; ; ) {
    const rows = store.imports.notHashed(bytes, after, rowsAtOnce);
    for (const { id, file } of rows) {
      const hash = await hashOf(path.join(dataFolder, file));
      if (signal.aborted) return null;
      if (hash) store.batch(() => store.imports.setHash(id, hash));
      after = id;
    }
    if (rows.length < rowsAtOnce) return store.imports.findTwin(contentHash);
  }
}

async function hashOf(file: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
    return hash.digest('hex');
  } catch {
    return null;
  }
}
