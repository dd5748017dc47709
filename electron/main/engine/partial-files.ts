// The folders of unfinished downloads: their size, and their end.
import { readdirSync, statSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type EngineItemId, engineItemIdSchema } from '../../../shared/domain/engine-catalogue';
import { hasUnreadable } from '../../files/unreadable-name';
import type { EngineFolders } from './engine-folders';

/** A download that was not continued for a month is abandoned (ms). */
const maxAgeMs = 30 * 24 * 60 * 60 * 1000;

/** Returns how many bytes of an item are stored. */
export function partialBytes(folders: EngineFolders, id: EngineItemId): number {
  const folder = folders.partial(id);
  try {
    const parts = readdirSync(folder).filter((name) => name.endsWith('.part'));
    return parts.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
  } catch {
    // There is none, or the downloader is just deleting it.
    return 0;
  }
}

/** Returns what is stored of items that are neither wanted nor installed. @param kept their ids. */
export async function listAbandoned(
  folders: EngineFolders,
  kept: ReadonlySet<string>,
): Promise<{ id: EngineItemId; bytes: number }[]> {
  const names = (await namesIn(folders.allPartial)).filter(
    (name) => !kept.has(name) && engineItemIdSchema.safeParse(name).success,
  );
  return names.map((id) => ({ id, bytes: partialBytes(folders, id) })).filter(({ bytes }) => bytes > 0);
}

/** Deletes what is stored of an item. */
export async function deletePartial(folders: EngineFolders, id: EngineItemId): Promise<void> {
  await rm(folders.partial(id), { recursive: true, force: true });
}

/**
 * Deletes unfinished downloads that were not continued for a month or whose item is installed, and folders of items that no
 * list names because their removal was interrupted.
 *
 * @param kept ids that are wanted, and ids that are installed.
 * @param now UTC milliseconds.
 */
export async function deleteLeftovers(
  folders: EngineFolders,
  kept: { wanted: ReadonlySet<string>; installed: ReadonlySet<string> },
  now: number,
): Promise<void> {
  for (const name of await namesIn(folders.allPartial)) {
    const folder = path.join(folders.allPartial, name);
    if (kept.wanted.has(name)) continue;
    // The app was killed between the record of the item and this deletion.
    const isDone = kept.installed.has(name);
    if (isDone || now - (await newestChange(folder)) > maxAgeMs) await deleteFolder(folder);
  }
  // A list that could not be read may have named them.
  if (hasUnreadable(folders.items)) return;
  for (const parent of [folders.allBuilds, folders.allModels]) {
    const names = (await namesIn(parent)).filter(
      (name) => !kept.installed.has(name) && !kept.wanted.has(name),
    );
    for (const name of names) await deleteFolder(path.join(parent, name));
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function deleteFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** A folder's own time does not change while a file in it grows. */
async function newestChange(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const times = await Promise.all(
    [folder, ...names.map((name) => path.join(folder, name))].map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}
