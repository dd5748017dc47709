// Lists the files of a drop: the dropped ones and those in dropped folders, within limits.
import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { maxImportedFiles, type SkippedFile } from '../../../shared/domain/import';
import { isWithin } from '../../files/is-within';

/** Maximum depth of folders. Deeper nesting is a mistake or an attack. */
export const maxDepth = 32;
const batchSize = 500;

export type Walked = { files: string[]; skipped: SkippedFile[] };

/**
 * Follows a dropped link, because the user chose it, but no link within a folder, so that nothing outside of it is
 * imported. Skips hidden files, whose names begin with a dot, without reporting them.
 *
 * @param dataFolder is never entered.
 * @returns batches of absolute paths.
 */
export async function* walk(
  paths: readonly string[],
  dataFolder: string,
  limit: number = maxImportedFiles,
): AsyncGenerator<Walked> {
  const ours = await realpath(dataFolder);
  let batch: Walked = { files: [], skipped: [] };
  let count = 0;
  for (const dropped of paths) {
    for await (const entry of entriesOf(dropped, ours)) {
      if (typeof entry === 'string') {
        if (count === limit) {
          batch.skipped.push({ name: path.basename(dropped), reason: 'too-many' });
          yield batch;
          return;
        }
        count += 1;
        batch.files.push(entry);
      } else batch.skipped.push(entry);
      if (batch.files.length + batch.skipped.length < batchSize) continue;
      yield batch;
      batch = { files: [], skipped: [] };
    }
  }
  yield batch;
}

async function* entriesOf(dropped: string, ours: string): AsyncGenerator<string | SkippedFile> {
  const name = path.basename(dropped);
  try {
    const real = await realpath(dropped);
    if (isWithin(real, ours)) yield { name, reason: 'ours' };
    else if ((await stat(real)).isDirectory()) yield* entriesIn(real, ours, 1);
    else yield real;
  } catch {
    yield { name, reason: 'unreadable' };
  }
}

async function* entriesIn(folder: string, ours: string, depth: number): AsyncGenerator<string | SkippedFile> {
  const name = path.basename(folder);
  if (isWithin(folder, ours)) return yield { name, reason: 'ours' };
  if (depth > maxDepth) return yield { name, reason: 'too-deep' };
  try {
    for await (const entry of await opendir(folder)) {
      const full = path.join(folder, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isSymbolicLink()) yield { name: entry.name, reason: 'link' };
      else if (entry.isDirectory()) yield* entriesIn(full, ours, depth + 1);
      else if (entry.isFile()) yield full;
      // Pipes, sockets and devices hold no pictures.
      else yield { name: entry.name, reason: 'not-a-picture' };
    }
  } catch {
    yield { name, reason: 'unreadable' };
  }
}
