// Imports one file: skips a duplicate, records its intent, and stores its picture.
import path from 'node:path';
import type { ImportIntent } from '../../../shared/generator/importer-messages';
import type { DuplicatePicture } from '../db/imports';
import { newId } from '../db/new-id';
import type { ImportedPicture } from './add-to-gallery';
import { type FileContent, findDuplicate } from './find-duplicate';
import type { ImportContext } from './import-context';
import type { ImportReport } from './import-report';
import { type Importer, ImporterExited } from './importer-process';

export type ImportFileOptions = {
  context: ImportContext;
  importer: Importer;
  report: Pick<ImportReport, 'addSkipped' | 'addWithoutRecipe'>;
  isOver: () => boolean;
  /** Called when a picture's files are on disk. */
  onStored: (picture: ImportedPicture) => void;
  /** Called when a picture could not be stored, for example because the disk is full. */
  onNotStored: () => void;
  /** Called instead, with the picture that has the same content already. */
  onDuplicate?: (picture: DuplicatePicture) => void;
};

/**
 * Returns a function that imports one file. An intent is written to the database before the first byte of the picture,
 * so that a crash leaves either a gallery row or an intent, which the next start completes.
 *
 * @throws ImporterExited if the importer ended, and errors of the database.
 */
export function createFileImporter(
  options: ImportFileOptions,
): (file: string, name?: string) => Promise<void> {
  const { context, importer, report, isOver, onStored, onNotStored, onDuplicate } = options;
  /** The pictures of this import that are being stored or have been stored, by their hashes. */
  const imported = new Map<string, string>();
  let lastHandle = 0;

  /** @param contents the file's own content and, for a copy with a recipe, what it may have been made from. */
  async function findAnyDuplicate(contents: readonly FileContent[]): Promise<DuplicatePicture | null> {
    const findImported = (): DuplicatePicture | null => {
      const id = contents.map(({ contentHash }) => imported.get(contentHash)).find(Boolean);
      return id === undefined ? null : { id, location: 'gallery' };
    };
    let duplicate: DuplicatePicture | null = null;
    for (const content of contents) {
      if (findImported() || duplicate?.location === 'gallery') break;
      duplicate = (await findDuplicate(context, content)) ?? duplicate;
    }
    // Checks again, because a concurrent import of the same content may have started meanwhile.
    return findImported() ?? duplicate;
  }

  function removeIntent(id: string): void {
    if (!context.signal.aborted) context.store.batch(() => context.store.imports.removeIntent(id));
  }

  async function store(held: number, intent: ImportIntent, name: string): Promise<boolean> {
    const kept = await importer.ask({ type: 'store', held, id: intent.id });
    if (kept.type === 'stored') {
      onStored({ id: intent.id, kept });
      return true;
    }
    removeIntent(intent.id);
    const reason = kept.type === 'refused' ? kept.reason : 'unreadable';
    if (reason === 'not-stored') onNotStored();
    report.addSkipped(name, reason);
    return false;
  }

  return async (file, givenName) => {
    const name = givenName ?? path.basename(file);
    lastHandle += 1;
    const held = lastHandle;
    const read = await importer.ask({
      ...{ type: 'read', held, path: file, now: context.now() },
      ...(givenName !== undefined && { name: givenName }),
    });
    if (read.type !== 'read') {
      return report.addSkipped(name, read.type === 'refused' ? read.reason : 'unreadable');
    }
    const contents = [read, ...read.originals];
    const duplicate = await findAnyDuplicate(contents);
    if (isOver() || duplicate) {
      await importer.ask({ type: 'forget', held });
      if (duplicate) {
        onDuplicate?.(duplicate);
        report.addSkipped(name, duplicate.location === 'trash' ? 'in-trash' : 'duplicate');
      }
      return;
    }
    const { contentHash, createdAt } = read;
    // The id carries the picture's own time, because the gallery is ordered by id.
    const intent: ImportIntent = { id: newId({ msecs: createdAt }), name: read.name, createdAt };
    for (const content of contents) imported.set(content.contentHash, intent.id);
    const forgetHashes = () => {
      for (const content of contents) imported.delete(content.contentHash);
    };
    context.store.batch(() => context.store.imports.addIntent(intent, contentHash));
    try {
      if (!(await store(held, intent, name))) forgetHashes();
      else if (read.isRecipeLeftUnread) report.addWithoutRecipe(name);
    } catch (error) {
      forgetHashes();
      if (error instanceof ImporterExited && !context.signal.aborted) {
        await importer.ask({ type: 'discard', id: intent.id });
        removeIntent(intent.id);
      }
      throw error;
    }
  };
}
