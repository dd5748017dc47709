// Imports a full export into this installation. Existing rows and files stay as they are.
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ExportProgress } from '../../../shared/contract/export';
import { removeXmp } from '../../../shared/domain/picture-bytes/remove-xmp';
import {
  displayOf,
  pictureFile,
  type pictureFormats,
  recipeFile,
} from '../../../shared/domain/picture-files';
import { noConsents } from '../../../shared/domain/services';
import { defaultSettings, type Settings, settingsSchema } from '../../../shared/domain/settings';
import { writeAtomically } from '../../files/write-atomically';
import type { ArchiveRow } from '../db/archive-rows';
import type { Store } from '../db/open';
import { importFurtherFile } from './archive-files';
import {
  type Archive,
  archivedConversationSchema,
  archiveName,
  archiveSchema,
  archiveVersion,
  conversationFolder,
  pictureFolder,
  sidecarSchema,
  withoutLink,
} from './archive-format';
import { ExportCancelled } from './export-pictures';
import { sha256 } from './sha256';

export type ImportArchiveOptions = {
  store: Store;
  /** Absolute. */
  dataFolder: string;
  /** Absolute: the folder of the export. */
  folder: string;
  /** Makes the smaller versions of a picture. */
  derive: (imageId: string, file: string) => void;
  signal: AbortSignal;
  onProgress: (progress: ExportProgress) => void;
  /** Counts what was imported, also if the import ends early. */
  imported: ImportedCounts;
};

export type ImportedCounts = {
  /** The ids of the imported pictures. */
  pictures: string[];
  conversations: string[];
  /** Pictures and further files of the export that are damaged or missing. */
  damaged: number;
  /** Conversations of the export whose files are damaged or missing. */
  damagedConversations: number;
};

export function nothingImported(): ImportedCounts {
  return { pictures: [], conversations: [], damaged: 0, damagedConversations: 0 };
}

/** Thrown for a folder that is not a complete full export. */
export class NoArchive extends Error {
  override readonly name = 'NoArchive';
}
/** Thrown for an export written by a newer version. */
export class NewerArchive extends Error {
  override readonly name = 'NewerArchive';
}

/** Settings that an export must not change: they decide where prompts are sent. */
const staysHere: readonly (keyof Settings)[] = ['provider', 'allowPrivateAddresses'];

const idSchema = z.uuid();
/** A message with one of these statuses would be requested again. */
const unfinished = ['pending', 'generating', 'streaming'];

/**
 * Imports files first, then the rows that name them. Idempotent: after a crash, the same call continues.
 *
 * @throws NoArchive, NewerArchive, ExportCancelled, or an error of the file system. Whatever was imported until then
 * stays.
 */
export async function importArchive(options: ImportArchiveOptions): Promise<void> {
  const { store, folder, signal, onProgress, imported } = options;
  const archive = await readArchive(folder);
  const total = archive.pictures.length + archive.conversations.length + archive.files.length;
  let done = 0;
  const step = () => {
    if (signal.aborted) throw new ExportCancelled('The import was cancelled.');
    done += 1;
    onProgress({ done, total, isImport: true });
  };
  for (const file of archive.files) {
    if (!(await importFurtherFile(options.dataFolder, folder, file))) imported.damaged += 1;
    step();
  }
  for (const name of archive.pictures) {
    const result = await importPicture(options, name);
    if (result === 'damaged') imported.damaged += 1;
    else if (result !== 'known') imported.pictures.push(result.added);
    step();
  }
  for (const name of archive.conversations) {
    const file = path.join(folder, conversationFolder, name);
    const { data } = archivedConversationSchema.safeParse(await readJson(file));
    if (data) {
      const isNew = store.transaction(() => {
        const added = store.archive.insert('conversations', data.conversation);
        for (const message of data.messages) store.archive.insert('messages', settled(message));
        // Keeps a draft that already exists here.
        if (added) for (const draft of data.drafts) store.archive.insert('drafts', draft);
        return added;
      });
      if (isNew) imported.conversations.push(String(data.conversation['id']));
    } else imported.damagedConversations += 1;
    step();
  }
  store.transaction(() => importRest(store, archive));
}

async function readArchive(folder: string): Promise<Archive> {
  const json = await readJson(path.join(folder, archiveName));
  const version = z.object({ archive: z.number() }).safeParse(json).data?.archive ?? 0;
  if (version > archiveVersion) throw new NewerArchive(folder);
  const { data } = archiveSchema.safeParse(json);
  if (!data) throw new NoArchive(folder);
  return data;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}

async function importPicture(
  { store, dataFolder, folder, derive }: ImportArchiveOptions,
  name: string,
): Promise<{ added: string } | 'known' | 'damaged'> {
  const { data } = sidecarSchema.safeParse(await readJson(path.join(folder, pictureFolder, name)));
  const id = idSchema.safeParse(data?.row['id']).data;
  if (!data || id === undefined || !isOwnFile(id, data.row['file'])) return 'damaged';
  if (store.archive.picture(id)) return 'known';
  const file = String(data.row['file']);
  const target = path.join(dataFolder, file);
  if (data.file !== null) {
    const exported = await readFile(path.join(folder, pictureFolder, data.file)).catch(() => null);
    const bytes = exported && [exported, ...removeXmp(exported)].find((form) => sha256(form) === data.sha256);
    if (!bytes) return 'damaged';
    const isThere = await access(target).then(
      () => true,
      () => false,
    );
    if (!isThere) await writeAtomically(target, bytes);
  }
  if (data.recipe !== null) {
    const recipe = Buffer.from(JSON.stringify(withoutLink(data.recipe)));
    await writeAtomically(path.join(dataFolder, recipeFile(id)), recipe);
  }
  const isAdded = store.transaction(() => {
    // An export must not refer to files of this computer.
    const row = { ...data.row, linked_path: null, linked_modified_at: null };
    if (store.archive.insert('user_images', row)) return true;
    // The order key is taken, so the picture is ordered by its date.
    return store.archive.insert('user_images', { ...row, order_key: null });
  });
  if (data.file !== null) derive(id, file);
  return isAdded ? { added: id } : 'known';
}

/** Returns whether a path is the one that Afterimage uses for this picture. Paths of an export are not trusted. */
function isOwnFile(id: string, file: ArchiveRow[string] | undefined): boolean {
  const formats = ['png', 'jpg', 'webp', 'avif', 'gif'] as const satisfies (keyof typeof pictureFormats)[];
  const own = formats.map((format) => pictureFile(id, format));
  return typeof file === 'string' && [...own, displayOf(pictureFile(id, 'png'))].includes(file);
}

/** Ends an unfinished picture or answer, so that it is not requested here. */
function settled(message: ArchiveRow): ArchiveRow {
  const id = idSchema.safeParse(message['id']).data ?? '';
  const file = isOwnFile(id, message['image_file']) ? message['image_file'] : null;
  const row = { ...message, image_file: file ?? null };
  if (!unfinished.includes(String(message['status']))) return row;
  return {
    ...row,
    ...{ status: 'interrupted', error_code: 'interrupted', error_message: null, error_sentence: null },
  };
}

function importRest(store: Store, archive: Archive): void {
  store.archive.insertOthers(archive.rows);
  const known = new Set(store.services.list().map(({ id }) => id));
  for (const service of archive.services)
    if (!known.has(service.id)) store.services.add({ ...service, ...noConsents });
  const here = store.settings.read();
  const changes = Object.entries(settingsSchema.shape).flatMap(([key, schema]) => {
    // The shape's keys are those of the settings.
    const name = key as keyof Settings;
    if (staysHere.includes(name)) return [];
    const isUnchanged = JSON.stringify(here[name]) === JSON.stringify(defaultSettings[name]);
    const { success, data } = schema.safeParse(archive.settings[name]);
    // Do not store defaults, which a later version may change.
    const isOther = success && JSON.stringify(data) !== JSON.stringify(here[name]);
    return isUnchanged && isOther ? [[name, data]] : [];
  });
  store.settings.write(Object.fromEntries(changes));
}
