// Imports one file: skips a duplicate, records its intent, and stores its picture.
import path from 'node:path';
import type { ImportNote, Skip, SkipReason } from '../../../shared/domain/import';
import type { ImportMode } from '../../../shared/domain/watched-folders';
import type { FromImporter, ImportIntent } from '../../../shared/generator/importer-messages';
import type { KnownFile } from '../../files/is-unchanged';
import type { DuplicatePicture } from '../db/imports';
import { newId } from '../db/new-id';
import type { ImportedPicture } from './add-to-gallery';
import { type FileContent, findDuplicate } from './find-duplicate';
import { followLinks } from './follow-links';
import type { ImportContext } from './import-context';
import { type Importer, ImporterExited } from './importer-process';
import { whenFree } from './when-free';

export type FileImportOptions = {
  context: ImportContext;
  importer: Importer;
  isOver: () => boolean;
  /** Whether the picture is copied, which is the default, or stays where it is. */
  mode?: ImportMode;
  /** Called when a picture's files are on disk. */
  onStored: (picture: ImportedPicture) => void;
  /** Adds the pictures of which `onStored` was called to the gallery, unless they are there. */
  flush: () => Promise<void>;
  /** The files are in a watched folder, and found again after a crash. */
  isWatched?: boolean;
  /** Returns whether a content that the gallery does not have must not come in either. */
  isUnwanted?: (contentHash: string) => boolean;
};

/** The result of a file. `changed`: it differs from the listed one. `over`: the import had already ended. */
export type FileOutcome =
  | { kind: 'stored'; id: string; contentHash: string; notes: ImportNote[] }
  | { kind: 'duplicate'; picture: DuplicatePicture; contentHash: string }
  | { kind: 'unwanted'; contentHash: string }
  | ({ kind: 'skipped' } & Skip)
  | { kind: 'changed' }
  | { kind: 'over' };

export type FileToImport = {
  /** Absolute. */
  path: string;
  /** The picture's name; the file's own name if absent. */
  name?: string;
  /** A folder without links that the file has to be in. */
  within?: string;
  /** How the file was listed. */
  unchanged?: { bytes: number; modifiedAt: number };
};

type ReadFile = Extract<FromImporter, { type: 'read' }>;

/**
 * Returns a function that imports one file. An intent is written to the database before the first byte of the picture,
 * so that a crash leaves either a gallery row or an intent, which the next start completes.
 *
 * @throws ImporterExited if the importer ended, and errors of the database.
 */
export function createFileImporter(options: FileImportOptions): (file: FileToImport) => Promise<FileOutcome> {
  const { context, importer, isOver, mode = 'copy', onStored, flush } = options;
  const { isWatched = false, isUnwanted = () => false } = options;
  /** The pictures of this import that are being stored or have been stored, by their hashes. */
  const imported = new Map<string, string>();
  let lastHandle = 0;

  /** @param contents the file's own content and, for a copy with a recipe, what it may have been made from. */
  async function findAnyDuplicate(
    contents: readonly FileContent[],
    link: KnownFile | null,
  ): Promise<DuplicatePicture | null> {
    const findImported = (): DuplicatePicture | null => {
      const id = contents.map(({ contentHash }) => imported.get(contentHash)).find(Boolean);
      return id === undefined ? null : { id, location: 'gallery' };
    };
    let duplicate = findImported();
    await followLinks(context, contents, link);
    if (!duplicate) await context.inFlight.settle(contents.map(({ contentHash }) => contentHash));
    for (const content of contents) {
      if (findImported() || duplicate?.location === 'gallery') break;
      duplicate = (await findDuplicate(context, content)) ?? duplicate;
    }
    // Checks again, because the other lane may have started the same content meanwhile.
    return findImported() ?? duplicate;
  }

  function write(work: () => void): Promise<void> {
    return whenFree(context.signal, () => context.store.batch(work));
  }

  function removeIntent(id: string): Promise<void> {
    return write(() => context.store.imports.removeIntent(id));
  }

  async function store(
    held: number,
    intent: ImportIntent,
    contentHash: string,
  ): Promise<SkipReason | { notes: ImportNote[] }> {
    const { id, link } = intent;
    await write(() => context.store.imports.addIntent(intent, contentHash, isWatched));
    const kept = await importer.ask({ type: 'store', held, id, ...(link && { link }) });
    if (kept.type === 'stored') {
      onStored({ id, kept });
      return { notes: kept.leftOut ?? [] };
    }
    // The process that held the bytes has ended: the file is read again.
    if (kept.type !== 'refused') throw new ImporterExited();
    await removeIntent(id);
    return kept.reason;
  }

  /** @param hashes of the contents that this picture stands for. They are in work before anything is awaited. */
  async function storeNew(
    held: number,
    file: FileToImport,
    read: ReadFile,
    hashes: readonly string[],
  ): Promise<FileOutcome> {
    const { contentHash, createdAt, name, modifiedAt, isShowable, isRecipeLeftUnread } = read;
    // The id carries the picture's own time, because the gallery is ordered by id.
    const id = newId({ msecs: createdAt });
    const intent: ImportIntent = {
      ...{ id, name, createdAt },
      // A file that has to be converted has a copy in the data folder anyway.
      ...(mode === 'link' && isShowable && { link: { path: file.path, modifiedAt } }),
    };
    for (const hash of hashes) imported.set(hash, id);
    const forget = () => {
      context.inFlight.remove(id);
      for (const hash of hashes) imported.delete(hash);
    };
    const storing = store(held, intent, contentHash);
    context.inFlight.add(id, hashes, { stored: storing.catch(() => null), flush });
    try {
      const stored = await storing;
      if (typeof stored === 'object') {
        const notes = [...(isRecipeLeftUnread ? (['recipe'] as const) : []), ...stored.notes];
        return { kind: 'stored', id, contentHash, notes };
      }
      forget();
      return { kind: 'skipped', reason: stored };
    } catch (error) {
      forget();
      if (error instanceof ImporterExited && !context.signal.aborted) {
        await importer.ask({ type: 'discard', id });
        await removeIntent(id);
      }
      throw error;
    }
  }

  return async (file) => {
    lastHandle += 1;
    const held = lastHandle;
    const { unchanged, ...readable } = pick(file);
    const read = await importer.ask({ type: 'read', held, now: context.now(), ...readable });
    if (read.type !== 'read') {
      if (read.type !== 'refused') return { kind: 'skipped', reason: 'unreadable' };
      const { reason, size } = read;
      return { kind: 'skipped', reason, ...(size && { size }) };
    }
    if (unchanged && (unchanged.bytes !== read.bytes || unchanged.modifiedAt !== read.modifiedAt)) {
      await importer.ask({ type: 'forget', held });
      return { kind: 'changed' };
    }
    const { contentHash, bytes, modifiedAt } = read;
    const contents = [read, ...read.originals];
    const hashes = contents.map((content) => content.contentHash);
    const link = mode === 'link' ? { path: file.path, bytes, modifiedAt } : null;
    let duplicate = await findAnyDuplicate(contents, link);
    // Another import may have started to store the same content meanwhile.
    while (!duplicate && !isOver() && context.inFlight.has(hashes)) {
      duplicate = await findAnyDuplicate(contents, link);
    }
    const isLeftOut = isOver() || duplicate !== null || isUnwanted(contentHash);
    if (!isLeftOut) return storeNew(held, file, read, hashes);
    await importer.ask({ type: 'forget', held });
    if (duplicate) return { kind: 'duplicate', picture: duplicate, contentHash };
    return isOver() ? { kind: 'over' } : { kind: 'unwanted', contentHash };
  };
}

/** Leaves out what a caller knows besides. */
function pick({ path: file, name, within, unchanged }: FileToImport) {
  return {
    path: file,
    ...(name !== undefined && { name }),
    ...(within !== undefined && { within }),
    ...(unchanged && { unchanged }),
  };
}

/** Returns the name under which a report lists a file. */
export function nameOf({ path: file, name = path.basename(file) }: FileToImport): string {
  return name;
}
