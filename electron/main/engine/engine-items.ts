// The installed engines and models: `engine/items.json`, written atomically.
import { mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { InstalledItem } from '../../../shared/domain/engine';
import {
  type EngineItemId,
  engineBuildSchema,
  engineItemIdSchema,
  engineModelSchema,
  modelFileRoles,
  sha256Schema,
} from '../../../shared/domain/engine-catalogue';
import { readJsonSync } from '../../files/read-regular';
import { renameReplacingSync } from '../../files/rename-replacing';
import { unreadableName } from '../../files/unreadable-name';
import { writeAtomicallySync } from '../../files/write-atomically-sync';
import type { EngineFolders } from './engine-folders';

const fileSchema = z.strictObject({
  /** In the item's folder, with forward slashes; absolute for a file of the user's own. */
  path: z.string().min(1).max(4_000),
  bytes: z.int().nonnegative(),
  /** Hash of the file itself, also if it came in an archive. Null for a user's own file, which was never compared. */
  sha256: sha256Schema.nullable(),
  /** The purpose of the file; null for the files of an engine. */
  role: z.enum(modelFileRoles).nullable(),
});

const common = {
  id: engineItemIdSchema,
  label: z.string().min(1).max(300),
  files: z.array(fileSchema).min(1),
  /** UTC milliseconds. */
  installedAt: z.int().nonnegative(),
  lastUsedAt: z.int().nonnegative().nullable(),
};

const installedEngineSchema = z.strictObject({
  kind: z.literal('engine'),
  ...common,
  ...engineBuildSchema.pick({ version: true, platform: true, arch: true, backend: true, executable: true })
    .shape,
});

const installedModelSchema = z.strictObject({
  kind: z.literal('model'),
  ...common,
  ...engineModelSchema.pick({
    goodAt: true,
    edits: true,
    defaults: true,
    arguments: true,
    memoryBytes: true,
    videoMemoryBytes: true,
    teraflopPerPicture: true,
  }).shape,
  /** Whether the user added it, from a file or from an address. */
  isOwn: z.boolean(),
});

const itemsSchema = z.strictObject({
  version: z.literal(1),
  items: z.array(z.discriminatedUnion('kind', [installedEngineSchema, installedModelSchema])),
});

export type ItemFile = z.infer<typeof fileSchema>;
export type InstalledEngine = z.infer<typeof installedEngineSchema>;
export type InstalledModel = z.infer<typeof installedModelSchema>;
/** An item keeps what running it needs, so that it works without the catalogue that it came from. */
export type EngineItem = InstalledEngine | InstalledModel;

export type EngineItems = ReturnType<typeof createEngineItems>;

export function createEngineItems(folders: EngineFolders) {
  let known: readonly EngineItem[] | null = null;
  /** Paths of files that are missing or have another size, as the last look at the disk found out. */
  let missing: ReadonlySet<string> = new Set();
  /** Ids of items of which a file had other bytes when it was hashed in this run. */
  const changed = new Set<EngineItemId>();
  const listeners: (() => void)[] = [];

  /** Read on first use, because most runs of the app need none of it. */
  function list(): readonly EngineItem[] {
    known ??= read();
    return known;
  }

  function read(): readonly EngineItem[] {
    try {
      return itemsSchema.parse(readJsonSync(folders.items)).items;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      const kept = unreadableName(folders.items);
      console.error(
        `The list of installed models cannot be read. It is kept as ${path.basename(kept)}:`,
        error,
      );
      renameReplacingSync(folders.items, kept);
      return [];
    }
  }

  function write(items: readonly EngineItem[], isDurable = true): void {
    mkdirSync(folders.root, { recursive: true });
    writeAtomicallySync(folders.items, JSON.stringify({ version: 1, items }, null, 1), { isDurable });
    known = items;
    tell();
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  /** Returns the absolute path of an item's file. */
  function pathOf(item: EngineItem, file: Pick<ItemFile, 'path'>): string {
    return path.isAbsolute(file.path) ? file.path : path.join(folders.ofItem(item.kind, item.id), file.path);
  }

  function isIntact(item: EngineItem): boolean {
    return !changed.has(item.id) && item.files.every((file) => !missing.has(pathOf(item, file)));
  }

  const intact = () => list().filter(isIntact);

  return {
    /** Returns everything that was installed, also what is damaged. */
    list,
    /** Returns what can be used, as far as it is known. */
    intact,
    isIntact,
    /** Returns the hashes of the files that a download need not bring again, as far as it is known. */
    storedHashes(): ReadonlySet<string> {
      const stored = list().filter(({ id }) => !changed.has(id));
      return new Set(
        stored.flatMap((item) =>
          item.files.flatMap(({ sha256, ...file }) =>
            sha256 === null || missing.has(pathOf(item, file)) ? [] : [sha256],
          ),
        ),
      );
    },
    /** Looks whether every file is still there. A file may have been deleted by hand, or its disk may be gone. */
    async look(): Promise<void> {
      const files = list().flatMap((item) =>
        item.files.map(({ bytes, ...file }) => ({ bytes, file: pathOf(item, file) })),
      );
      const sizes = await Promise.all(files.map(({ file }) => sizeOf(file)));
      const found = new Set(
        files.flatMap(({ file, bytes }, index) => {
          const size = sizes[index];
          return size === bytes || size === undefined ? [] : [file];
        }),
      );
      if (found.size === missing.size && [...found].every((file) => missing.has(file))) return;
      missing = found;
      tell();
    },
    /** Records that a file has other bytes than those that were installed, or was never installed. */
    markChanged(file: string): void {
      const owner = list().find(
        (item) =>
          item.files.some((each) => pathOf(item, each) === file) ||
          file.startsWith(folders.ofItem(item.kind, item.id) + path.sep),
      );
      if (!owner || changed.has(owner.id)) return;
      changed.add(owner.id);
      tell();
    },
    /** Calls `listener` after every change. */
    on: (listener: () => void): void => void listeners.push(listener),
    engines: (): readonly InstalledEngine[] => list().filter((item) => item.kind === 'engine'),
    models: (): readonly InstalledModel[] => list().filter((item) => item.kind === 'model'),
    find: (id: EngineItemId): EngineItem | undefined => list().find((item) => item.id === id),
    /** Adds an item, or replaces the one with its id. Its files must be in place and verified. */
    add(item: EngineItem): void {
      changed.delete(item.id);
      const files = new Set(item.files.map((file) => pathOf(item, file)));
      missing = new Set([...missing].filter((file) => !files.has(file)));
      write([...list().filter(({ id }) => id !== item.id), item]);
    },
    remove(id: EngineItemId): void {
      write(list().filter((item) => item.id !== id));
    },
    /** Records that items were used now. @param now UTC milliseconds. */
    markUsed(ids: readonly EngineItemId[], now: number): void {
      const isUsed = (item: EngineItem) => ids.includes(item.id);
      if (!list().some(isUsed)) return;
      // A power loss may take it: it decides nothing.
      write(
        list().map((item) => (isUsed(item) ? { ...item, lastUsedAt: now } : item)),
        false,
      );
    },
    pathOf,
    /** Returns the folder of an item. */
    folderOf: ({ kind, id }: EngineItem): string => folders.ofItem(kind, id),
    /** Returns the absolute path of the program. */
    executableOf: (engine: InstalledEngine): string =>
      path.join(folders.ofItem('engine', engine.id), engine.executable),
  };
}

/** A file of the user's own may be on a network drive that does not answer (ms). */
const maxLookMs = 2_000;

/** Returns null if there is no such file; undefined if that cannot be found out soon. */
function sizeOf(file: string): Promise<number | null | undefined> {
  const found = stat(file).then(
    (entry) => (entry.isFile() ? entry.size : null),
    () => null,
  );
  return Promise.race([found, wait(maxLookMs, undefined, { ref: false })]);
}

/** Returns an item as the interface shows it. */
export function describeItem(item: EngineItem, isIntact: boolean): InstalledItem {
  const { id, kind, label, files, lastUsedAt } = item;
  return {
    id,
    kind,
    label,
    version: item.kind === 'engine' ? item.version : null,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    lastUsedAt,
    isOwn: item.kind === 'model' && item.isOwn,
    isDamaged: !isIntact,
  };
}
