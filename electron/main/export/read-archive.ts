// Brings an export of everything into this installation. What is here already stays as it is.
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
import { bringInFurther } from './archive-files';
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

export type BringInOptions = {
  store: Store;
  /** Absolute. */
  dataFolder: string;
  /** Absolute: the folder of the export. */
  folder: string;
  /** Makes the smaller versions of a picture. */
  derive: (imageId: string, file: string) => void;
  signal: AbortSignal;
  onProgress: (progress: ExportProgress) => void;
  /** Counts what comes, also if not everything does. */
  brought: BroughtIn;
};

export type BroughtIn = {
  /** The ids of what is new here. */
  pictures: string[];
  conversations: string[];
  /** Pictures and further files of the export that are damaged or missing. */
  damaged: number;
  /** Conversations of the export whose files are damaged or missing. */
  damagedConversations: number;
};

export function nothingBroughtIn(): BroughtIn {
  return { pictures: [], conversations: [], damaged: 0, damagedConversations: 0 };
}

/** The folder is no export of everything, or one that is not complete. */
export class NoArchive extends Error {
  override readonly name = 'NoArchive';
}
/** A newer version has written it. */
export class NewerArchive extends Error {
  override readonly name = 'NewerArchive';
}

/** What decides where prompts are sent: whoever made the export must not choose that here. */
const staysHere: readonly (keyof Settings)[] = ['provider', 'allowPrivateAddresses'];

const idSchema = z.uuid();
/** A message with one of these would be sent again. */
const unfinished = ['pending', 'generating', 'streaming'];

/**
 * Files first, then the rows that name them. Killed in between, the same call continues; called twice, it adds nothing.
 *
 * @throws NoArchive, NewerArchive, ExportCancelled, or an error of the file system. What was brought in before stays.
 */
export async function bringInArchive(options: BringInOptions): Promise<void> {
  const { store, folder, signal, onProgress, brought } = options;
  const archive = await readArchive(folder);
  const total = archive.pictures.length + archive.conversations.length + archive.files.length;
  let done = 0;
  const step = () => {
    if (signal.aborted) throw new ExportCancelled('The import was cancelled.');
    done += 1;
    onProgress({ done, total, isImport: true });
  };
  for (const file of archive.files) {
    if (!(await bringInFurther(options.dataFolder, folder, file))) brought.damaged += 1;
    step();
  }
  for (const name of archive.pictures) {
    const result = await bringInPicture(options, name);
    if (result === 'damaged') brought.damaged += 1;
    else if (result !== 'known') brought.pictures.push(result.added);
    step();
  }
  for (const name of archive.conversations) {
    const file = path.join(folder, conversationFolder, name);
    const { data } = archivedConversationSchema.safeParse(await readJson(file));
    if (data) {
      const isNew = store.transaction(() => {
        const added = store.archive.insert('conversations', data.conversation);
        for (const message of data.messages) store.archive.insert('messages', settled(message));
        // A draft that was begun here stays.
        if (added) for (const draft of data.drafts) store.archive.insert('drafts', draft);
        return added;
      });
      if (isNew) brought.conversations.push(String(data.conversation['id']));
    } else brought.damagedConversations += 1;
    step();
  }
  store.transaction(() => bringInRest(store, archive));
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

async function bringInPicture(
  { store, dataFolder, folder, derive }: BringInOptions,
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
    // An export must not name any file of this computer.
    const row = { ...data.row, linked_path: null, linked_modified_at: null };
    if (store.archive.insert('user_images', row)) return true;
    // Another picture has its place in the order: it gets that of its date.
    return store.archive.insert('user_images', { ...row, order_key: null });
  });
  if (data.file !== null) derive(id, file);
  return isAdded ? { added: id } : 'known';
}

/** A path of an export is not trusted: it must be the one that Afterimage gives this picture. */
function isOwnFile(id: string, file: ArchiveRow[string] | undefined): boolean {
  const formats = ['png', 'jpg', 'webp', 'avif', 'gif'] as const satisfies (keyof typeof pictureFormats)[];
  const own = formats.map((format) => pictureFile(id, format));
  return typeof file === 'string' && [...own, displayOf(pictureFile(id, 'png'))].includes(file);
}

/** A picture or an answer that was not finished there is not requested here. */
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

function bringInRest(store: Store, archive: Archive): void {
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
    // A default that was stored would stay when a later version has another one.
    const isOther = success && JSON.stringify(data) !== JSON.stringify(here[name]);
    return isUnchanged && isOther ? [[name, data]] : [];
  });
  store.settings.write(Object.fromEntries(changes));
}
