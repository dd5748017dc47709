// The file of encrypted keys, which also records services whose keys were not kept.

import path from 'node:path';
import { z } from 'zod';
import type { ServiceId } from '../../../shared/domain/services';
import { readRegularSync } from '../../files/read-regular';
import { createEntryFile, type Entries, parseEntries } from './entry-file';

export type KeyFile = ReturnType<typeof createKeyFile>;

/** Stored instead of a key that lasts for one session only, so that the next start knows that there was one. */
export const notKept = null;

/** A key encrypted by the keychain, and the origins that it may be sent to. */
export type KeptKey = { encrypted: Buffer; origins: readonly string[] };

/** The file's entry of a service. `origins` is null if the key was stored by a version that did not write them. */
export type KeyEntry = { encrypted: Buffer; origins: readonly string[] | null } | typeof notKept;

/** No service has this id. Earlier versions preserve the entry. */
const originsEntry = '$origins';
const originsSchema = z.array(z.string());

/** @param onUnreadable called with the new name of a file that could not be parsed and was moved aside. */
export function createKeyFile(dataFolder: string, onUnreadable: (movedTo: string) => void) {
  const file = path.join(dataFolder, 'keys.json');
  const entryFile = createEntryFile(file, (movedTo) => onUnreadable(path.basename(movedTo)));
  return {
    /** Returns the services that have a stored key, without using the keychain; none if the file cannot be read. */
    storedIds(): ServiceId[] {
      try {
        const entries = parseEntries(readRegularSync(file)) ?? new Map();
        return [...entries].flatMap(([id, entry]) => (typeof entry === 'string' ? [id] : []));
      } catch {
        return [];
      }
    },
    /**
     * Returns the entries of these services.
     *
     * @throws the file system's error if there is a file that cannot be read.
     */
    async read(ids: readonly ServiceId[]): Promise<[ServiceId, KeyEntry][]> {
      const entries = await entryFile.read();
      const origins = originsIn(entries);
      return ids.flatMap((id): [ServiceId, KeyEntry][] => {
        const entry = entries.get(id);
        if (entry === notKept) return [[id, notKept]];
        const { data } = z.base64().safeParse(entry);
        if (data === undefined) return [];
        return [[id, { encrypted: Buffer.from(data, 'base64'), origins: originsOf(id, origins) }]];
      });
    },
    /**
     * Replaces the entry of one service with its origins, or removes it if `entry` is undefined. Everything else in the
     * file stays.
     *
     * @throws the file system's error. The file is then unchanged.
     */
    change: (id: ServiceId, entry: KeptKey | typeof notKept | undefined): Promise<void> =>
      entryFile.change((entries) => {
        const origins = originsIn(entries);
        if (entry === undefined) entries.delete(id);
        else entries.set(id, entry === notKept ? notKept : entry.encrypted.toString('base64'));
        if (entry === undefined || entry === notKept) origins.delete(id);
        else origins.set(id, [...entry.origins]);
        entries.delete(originsEntry);
        if (origins.size > 0) entries.set(originsEntry, Object.fromEntries(origins));
      }),
  };
}

/** Returns the recorded origins of each key, without those of keys that an earlier version has removed. */
function originsIn(entries: Entries): Entries {
  const { data = {} } = z.record(z.string(), z.unknown()).safeParse(entries.get(originsEntry));
  return new Map(Object.entries(data).filter(([id]) => (entries.get(id) ?? notKept) !== notKept));
}

/**
 * Returns an empty list for origins that this version does not understand, so that the user decides where the key may
 * go.
 */
function originsOf(id: ServiceId, origins: Entries): readonly string[] | null {
  if (!origins.has(id)) return null;
  return originsSchema.safeParse(origins.get(id)).data ?? [];
}
