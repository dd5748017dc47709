// The file with the encrypted keys, and with the services whose keys were not kept. What this version does not understand in
// it is kept.

import { readFileSync } from 'node:fs';
import { access, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ServiceId } from '../../../shared/domain/services';
import { renameReplacing } from '../../files/rename-replacing';
import { writeAtomically } from '../../files/write-atomically';

/** Readable and writable by the user only, where the file system has permissions. */
const ownerOnly = 0o600;

/** By the id of a service; other names and values are from another version, and are written back as they were read. */
type Entries = Map<string, unknown>;

export type KeyFile = ReturnType<typeof createKeyFile>;

/** In place of a key that lasts for a session only: the next start knows that there was one. */
export const notKept = null;

/** A key as the keychain has encrypted it, and the origins that it may be sent to. */
export type KeptKey = { encrypted: Buffer; origins: readonly string[] };

/** What the file has for a service. `origins` is null for a key of a version that did not write them. */
export type KeyEntry = { encrypted: Buffer; origins: readonly string[] | null } | typeof notKept;

/** No service has this id. Earlier versions keep the entry. */
const originsEntry = '$origins';
const originsSchema = z.record(z.string(), z.array(z.string()));

/** @param onUnreadable called with the new name of a file that is not what any version writes. */
export function createKeyFile(dataFolder: string, onUnreadable: (movedTo: string) => void) {
  const file = path.join(dataFolder, 'keys.json');

  /** @throws the file system's error, except if there is no file. */
  async function readEntries(): Promise<Entries> {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '{}';
      throw error;
    });
    const entries = parseEntries(text);
    if (entries !== null) return entries;
    onUnreadable(await moveAside());
    return new Map();
  }

  /** Returns the new name of the file. No other file is overwritten. */
  async function moveAside(): Promise<string> {
    for (let count = 1; ; count += 1) {
      const name = `keys.json.unreadable${count === 1 ? '' : `-${count}`}`;
      const target = path.join(dataFolder, name);
      if (await exists(target)) continue;
      await renameReplacing(file, target);
      return name;
    }
  }

  return {
    /** Returns the services of whose keys the file has one, without the keychain; none if it cannot be read. */
    storedIds(): ServiceId[] {
      try {
        const entries = parseEntries(readFileSync(file, 'utf8')) ?? new Map();
        return [...entries].flatMap(([id, entry]) => (typeof entry === 'string' ? [id] : []));
      } catch {
        return [];
      }
    },
    /**
     * Returns what the file has for these services.
     *
     * @throws the file system's error if there is a file that cannot be read.
     */
    async read(ids: readonly ServiceId[]): Promise<[ServiceId, KeyEntry][]> {
      const entries = await readEntries();
      const origins = originsOf(entries);
      return ids.flatMap((id): [ServiceId, KeyEntry][] => {
        const entry = entries.get(id);
        if (entry === notKept) return [[id, notKept]];
        const { data } = z.base64().safeParse(entry);
        if (data === undefined) return [];
        return [[id, { encrypted: Buffer.from(data, 'base64'), origins: origins.get(id) ?? null }]];
      });
    },
    /**
     * Replaces the entry of one service with its origins, or removes it if `entry` is undefined. Everything else in the
     * file stays.
     *
     * @throws the file system's error. The file is then unchanged.
     */
    async change(id: ServiceId, entry: KeptKey | typeof notKept | undefined): Promise<void> {
      const entries = await readEntries();
      const origins = originsOf(entries);
      if (entry === undefined) entries.delete(id);
      else entries.set(id, entry === notKept ? notKept : entry.encrypted.toString('base64'));
      if (entry === undefined || entry === notKept) origins.delete(id);
      else origins.set(id, [...entry.origins]);
      entries.delete(originsEntry);
      if (origins.size > 0) entries.set(originsEntry, Object.fromEntries(origins));
      if (entries.size === 0) await rm(file, { force: true });
      else await writeAtomically(file, Buffer.from(JSON.stringify(Object.fromEntries(entries))), ownerOnly);
    },
  };
}

/** Returns the origins of each key, without those of keys that an earlier version has removed. */
function originsOf(entries: Entries): Map<string, string[]> {
  const { data = {} } = originsSchema.safeParse(entries.get(originsEntry));
  return new Map(Object.entries(data).filter(([id]) => typeof entries.get(id) === 'string'));
}

/** Returns null if the text is not a JSON object. */
function parseEntries(text: string): Entries | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? new Map(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

function exists(target: string): Promise<boolean> {
  return access(target).then(
    () => true,
    () => false,
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
