// A JSON file of secrets by name. Changing an entry keeps all others, including those that this version does not
// understand. A file that cannot be parsed is moved aside.

import { rm } from 'node:fs/promises';
import { readRegular } from '../../files/read-regular';
import { renameReplacing } from '../../files/rename-replacing';
import { unreadableName } from '../../files/unreadable-name';
import { writeAtomically } from '../../files/write-atomically';

/** Readable and writable by the user only, where the file system has permissions. */
const ownerOnly = 0o600;

/** In the order of the file. Values may come from another version, so readers must validate them. */
export type Entries = Map<string, unknown>;

export type EntryFile = ReturnType<typeof createEntryFile>;

/**
 * @param file its path.
 * @param onUnreadable called with the path of a file that was moved aside.
 */
export function createEntryFile(file: string, onUnreadable: (movedTo: string) => void) {
  /** Serialises changes, because each one reads and writes the whole file. */
  let lastChange: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Entries> {
    const bytes = await readRegular(file).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    if (bytes === null) return new Map();
    const entries = parseEntries(bytes);
    if (entries !== null) return entries;
    onUnreadable(await moveAside());
    return new Map();
  }

  /** Returns the new path of the file. Overwrites nothing. */
  async function moveAside(): Promise<string> {
    const target = unreadableName(file);
    await renameReplacing(file, target);
    return target;
  }

  async function change(edit: (entries: Entries) => void): Promise<void> {
    const entries = await read();
    const before = textOf(entries);
    edit(entries);
    if (textOf(entries) === before) return;
    if (entries.size === 0) await rm(file, { force: true });
    else await writeAtomically(file, Buffer.from(textOf(entries)), ownerOnly);
  }

  return {
    /** @throws the file system's error if there is a file that cannot be read. It stays where it is. */
    read,
    /**
     * Edits the entries in place, and deletes the file with its last entry.
     *
     * @throws the file system's error. The file is then unchanged.
     */
    change(edit: (entries: Entries) => void): Promise<void> {
      const changed = lastChange.then(() => change(edit));
      lastChange = changed.catch(() => {});
      return changed;
    },
  };
}

/** Returns null if the bytes are not a JSON object in UTF-8. A byte order mark is ignored. */
export function parseEntries(bytes: Uint8Array): Entries | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? new Map(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

function textOf(entries: Entries): string {
  return JSON.stringify(Object.fromEntries(entries));
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
