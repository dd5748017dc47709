// Writes a full export: pictures with recipes and sidecars, conversations, collections, costs and settings.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExportProgress } from '../../../shared/contract/export';
import { parseJson } from '../../../shared/domain/parse-json';
import { removeXmp } from '../../../shared/domain/picture-bytes/remove-xmp';
import { derivedFilesOf, recipeFile } from '../../../shared/domain/picture-files';
import { importedProvider } from '../../../shared/domain/read-recipe';
import { readOriginal } from '../../files/find-original';
import type { ReadStore } from '../db/open';
import type { StoredService } from '../db/services';
import { findOriginalFile, listFurther, writeFurther } from './archive-files';
import {
  type Archive,
  type ArchivedFile,
  archiveName,
  archiveVersion,
  conversationFolder,
  pictureFolder,
  type Sidecar,
  withoutLink,
} from './archive-format';
import { conversationMarkdown } from './conversation-markdown';
import { withRecipe } from './copy-with-recipe';
import { createFileNamer } from './export-file-names';
import { ExportCancelled } from './export-pictures';
import { type ExportTarget, splitIntoChunks } from './export-target';
import { findRecipe } from './find-recipe';
import { sha256 } from './sha256';

export type ArchiveOptions = {
  store: ReadStore;
  /** Absolute. */
  dataFolder: string;
  target: ExportTarget;
  /** Aborted when the user cancels or the app quits. The database is closed from then on. */
  signal: AbortSignal;
  onProgress: (progress: ExportProgress) => void;
};

/**
 * @returns how many pictures and conversations were written, and how many pictures have no file.
 * @throws ExportCancelled or an error of the file system, after the target was discarded.
 */
export async function writeArchive(options: ArchiveOptions) {
  const { store, target, signal, onProgress } = options;
  const pictureIds = store.archive.pictureIds();
  const conversationIds = store.archive.conversationIds();
  const total = pictureIds.length + conversationIds.length;
  let done = 0;
  const step = () => {
    done += 1;
    onProgress({ done, total });
  };
  const throwIfCancelled = () => {
    if (signal.aborted) throw new ExportCancelled('The export was cancelled.');
  };
  const addJson = (name: string, value: unknown) =>
    target.add(name, splitIntoChunks(Buffer.from(`${JSON.stringify(value, null, 1)}\n`)));
  try {
    const names = new Map<string, string>();
    const sidecars: string[] = [];
    const files: ArchivedFile[] = [];
    const addFile = async (file: string) => {
      throwIfCancelled();
      const added = await writeFurther(options.dataFolder, file, target);
      if (added) files.push(added);
    };
    let missing = 0;
    const nextName = createFileNamer();
    for (const id of pictureIds) {
      throwIfCancelled();
      const written = await writePicture(options, id, nextName, addJson);
      if (written) sidecars.push(written.sidecar);
      for (const file of written?.further ?? []) await addFile(file);
      if (written?.file === null) missing += 1;
      if (written && written.file !== null) names.set(id, written.file);
      step();
    }
    const conversations: string[] = [];
    const nextConversation = createFileNamer();
    for (const id of conversationIds) {
      throwIfCancelled();
      const found = store.archive.conversation(id);
      if (found) {
        const { created_at: createdAt, title } = found.conversation;
        const name = nextConversation(Number(createdAt), String(title), 'json');
        await addJson(`${conversationFolder}/${name}`, found);
        const markdown = conversationMarkdown(found, (picture) => names.get(picture));
        await target.add(
          `${conversationFolder}/${name.slice(0, -'json'.length)}md`,
          splitIntoChunks(Buffer.from(markdown)),
        );
        conversations.push(name);
      }
      step();
    }
    for (const file of await listFurther(options.dataFolder)) await addFile(file);
    throwIfCancelled();
    const archive: Archive = {
      application: 'Afterimage',
      archive: archiveVersion,
      pictures: sidecars,
      conversations,
      files,
      rows: store.archive.others(),
      settings: { ...store.settings.read() },
      services: store.services.list().map(toArchived),
    };
    await addJson(archiveName, archive);
    throwIfCancelled();
    await target.finish();
    return { pictures: names.size, conversations: conversations.length, missing };
  } catch (error) {
    await target.discard();
    throw error;
  }
}

/** Returns the names of the files, and which others the picture has in the data folder; null if it is gone. */
async function writePicture(
  { store, dataFolder, target }: ArchiveOptions,
  id: string,
  nextName: ReturnType<typeof createFileNamer>,
  addJson: (name: string, value: Sidecar) => Promise<void>,
): Promise<{ sidecar: string; file: string | null; further: string[] } | null> {
  const row = store.archive.picture(id);
  if (!row) return null;
  const stored = String(row['file']);
  const place = store.userImages.place(id);
  const bytes = place ? await readOriginal(dataFolder, place) : null;
  const recipe = await readFile(path.join(dataFolder, recipeFile(id)), 'utf8').catch(() => null);
  const name = nextName(
    Number(row['created_at']),
    String(row['prompt']),
    stored.slice(stored.lastIndexOf('.') + 1),
  );
  if (bytes) {
    const copy = withRecipe(bytes, store.settings.read().embedRecipes ? findRecipe(store, id) : null);
    // Add the recipe only if removing it restores the same bytes, so that another installation gets an identical
    // file.
    const isReversible = removeXmp(copy).some((plain) => Buffer.compare(plain, bytes) === 0);
    await target.add(`${pictureFolder}/${name}`, splitIntoChunks(isReversible ? copy : bytes));
  }
  const sidecar = `${name}.json`;
  await addJson(`${pictureFolder}/${sidecar}`, {
    // The other installation gets a copy in its own data folder.
    row: { ...row, linked_path: null, linked_modified_at: null },
    file: bytes ? name : null,
    sha256: bytes && sha256(bytes),
    recipe: withoutLink(parseJson(recipe) ?? null),
  });
  // Only an imported picture can have been converted.
  const original = row['provider'] === importedProvider ? await findOriginalFile(dataFolder, id) : undefined;
  // All that there is of a picture whose file is missing.
  const small = bytes ? [] : derivedFilesOf(stored);
  return { sidecar, file: bytes ? name : null, further: [...(original ? [original] : []), ...small] };
}

/** Removes headers, which may be secrets, and the permissions that the user gave on this computer. */
function toArchived({ headersFor: _, environmentKeyFor: __, ...service }: StoredService) {
  return { ...service, headers: {} };
}
