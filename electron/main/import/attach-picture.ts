// Adds pictures of the user's own to the gallery, one after the other, so that they can be attached to a message.

import { mkdir, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { maxPastedBytes } from '../../../shared/contract';
import type { AttachedPicture, OwnPicture } from '../../../shared/contract/import';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { describeRefusal, maxPathLength } from '../../../shared/domain/import';
import { t } from '../../../shared/languages/translate';
import { newId } from '../db/new-id';
import { createGalleryBatch } from './add-to-gallery';
import type { ImportContext } from './import-context';
import { createFileImporter } from './import-file';
import type { ImporterPool } from './importer-pool';
import { type Importer, ImporterExited, maxImporterExits } from './importer-process';

/** Folder of the data folder with the bytes that have no file, until the gallery has them. */
const pastedFolder = 'pasted';
/** The name that Chromium gives to a picture of the clipboard. */
const chromiumName = 'image.png';

const ownPictureSchema: z.ZodType<OwnPicture> = z.union([
  z.strictObject({ path: z.string().min(1).max(maxPathLength).refine(path.isAbsolute) }),
  z.strictObject({ name: z.string().max(1000), bytes: z.instanceof(Uint8Array) }),
]);

export function createAttachments(context: ImportContext, pool: Pick<ImporterPool, 'open' | 'close'>) {
  const { dataFolder, signal } = context;
  const folder = path.join(dataFolder, pastedFolder);
  /** Shared by all attached pictures: one that could not be added is added with the next one. */
  const batch = createGalleryBatch(context);
  let importer: Importer | null = null;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** Runs one task after the other: the same picture twice is one. The process ends with the last task. */
  async function inTurn<Value>(work: (importer: Importer) => Promise<Value>): Promise<Value> {
    waiting += 1;
    const mine = last.then(() => {
      importer ??= pool.open();
      return work(importer);
    });
    last = mine.catch(() => null);
    try {
      return await mine;
    } finally {
      waiting -= 1;
      if (waiting === 0 && importer) {
        pool.close(importer);
        importer = null;
      }
    }
  }

  /** @param name what the picture is called. */
  async function add(importer: Importer, file: string, name: string): Promise<Result<AttachedPicture>> {
    for (let exits = 0; exits < maxImporterExits; exits += 1) {
      try {
        return await addOnce(importer, file, name);
      } catch (error) {
        if (!(error instanceof ImporterExited) || signal.aborted) throw error;
      }
    }
    return failure('not_attached', describeRefusal({ name, reason: 'unreadable' }));
  }

  async function addOnce(importer: Importer, file: string, name: string): Promise<Result<AttachedPicture>> {
    const importFile = createFileImporter({
      context,
      importer,
      isOver: () => signal.aborted,
      onStored: batch.add,
      flush: batch.finish,
    });
    const outcome = await importFile({ path: file, name });
    switch (outcome.kind) {
      case 'stored':
        await batch.finish();
        if (!signal.aborted) await context.store.flushLog();
        return signal.aborted
          ? failure('not_attached')
          : success({ imageId: outcome.id, wasInTrash: false, notes: outcome.notes });
      case 'duplicate': {
        const { id, location } = outcome.picture;
        const wasInTrash = location === 'trash';
        if (!wasInTrash || context.restore(id)) return success({ imageId: id, wasInTrash, notes: [] });
        return failure('not_attached', describeRefusal({ name, reason: 'in-trash' }));
      }
      case 'skipped': {
        const code = outcome.reason === 'not-stored' ? 'not_saved' : 'not_attached';
        return failure(code, describeRefusal({ ...outcome, name }));
      }
      default:
        return failure('not_attached');
    }
  }

  /** Follows a link, because the user chose it. The importer itself follows none. */
  async function addFile(importer: Importer, file: string): Promise<Result<AttachedPicture>> {
    return add(importer, await realpath(file).catch(() => file), path.basename(file));
  }

  /** The bytes are on disk before they are read: a crash loses nothing. */
  async function addPasted(importer: Importer, name: string, bytes: Uint8Array) {
    const file = path.join(folder, newId());
    await mkdir(folder, { recursive: true });
    try {
      await writeFile(file, bytes, { flag: 'wx' });
      return await add(
        importer,
        file,
        name === '' || name === chromiumName ? t('storage.pasted_picture') : name,
      );
    } finally {
      // If the app is ending, the next start adds the picture.
      if (!signal.aborted) await rm(file, { force: true });
    }
  }

  return {
    /**
     * Adds a picture, or finds the gallery's picture of the same content.
     *
     * @param picture from the preload script.
     */
    async attach(picture: unknown): Promise<Result<AttachedPicture>> {
      const parsed = ownPictureSchema.safeParse(picture);
      if (!parsed.success) return failure('bad_request');
      const own = parsed.data;
      if ('path' in own) return inTurn((importer) => addFile(importer, own.path));
      if (own.bytes.length > maxPastedBytes) return failure('pasted_too_large');
      return inTurn((importer) => addPasted(importer, path.basename(own.name), own.bytes));
    },
    /** Adds the pasted pictures that an earlier run has left, and removes those that are none. */
    async finishInterrupted(): Promise<void> {
      for (const name of await readdir(folder).catch(() => [])) {
        if (signal.aborted) return;
        const file = path.join(folder, name);
        const added = await inTurn((importer) => add(importer, file, t('storage.pasted_picture')));
        // Without room on the disk, the next start tries again.
        const isOver = added.ok || added.code !== 'not_saved';
        if (isOver && !signal.aborted) await rm(file, { recursive: true, force: true });
      }
    },
  };
}
