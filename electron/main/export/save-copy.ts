// Saves copies of pictures under the names that an export gives, with their recipes if the setting says so.
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { findXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { formatOfFile, type PictureFormat, type WrittenFormat } from '../../../shared/domain/picture-files';
import { writeXmp } from '../../../shared/domain/xmp';
import { findOriginal } from '../../files/find-original';
import { newId } from '../db/new-id';
import type { ReadStore } from '../db/open';
import { formatOfCopy, temporaryCopies, withEnding } from './copy-format';
import { copyWithPacket } from './copy-with-recipe';
import { createFileNamer } from './export-file-names';
import { findRecipe } from './find-recipe';

export type CopyContext = {
  store: ReadStore;
  /** Absolute. */
  dataFolder: string;
  generator: {
    /** Writes a picture in another format; both paths are absolute. Never rejects. */
    convert: (file: string, target: string, format: WrittenFormat, quality: number) => Promise<Result<null>>;
  };
};

/** The file of a picture that is copied. */
export type CopySource = {
  /** Absolute. */
  path: string;
  /** Derived from the name in the data folder, because a file of the user's may have any extension. */
  format: PictureFormat | null;
};

/**
 * Saves a copy in the format that its name ends with: the same bytes and the recipe, or converted by the codec. A name
 * without an ending gets that of the picture.
 *
 * @param target absolute path of the copy.
 */
export async function saveCopy(
  { store, dataFolder, generator }: CopyContext,
  imageId: string,
  { path: source, format: own }: CopySource,
  target: string,
): Promise<Result<{ path: string }>> {
  const { embedRecipes, copyQuality } = store.settings.read();
  const wanted = formatOfCopy(target, own);
  if (wanted === null) return failure('format_not_written');
  const named = await withEnding(target, wanted.ending);
  const recipe = embedRecipes ? findRecipe(store, imageId) : null;
  const packet = recipe && writeXmp(recipe);
  if (wanted.format === own) return copyWithPacket(source, named, packet);
  const original = await readFile(source).catch(() => null);
  if (!original) return failure('file_missing');
  if (wanted.format === 'gif' || wanted.format === 'avif') return failure('format_not_written');
  const converted = path.join(dataFolder, temporaryCopies, newId());
  try {
    const written = await generator.convert(source, converted, wanted.format, copyQuality);
    if (!written.ok) return written;
    // An imported picture has its recipe in its file only.
    return await copyWithPacket(converted, named, packet ?? (embedRecipes ? findXmp(original) : null));
  } finally {
    await rm(converted, { force: true });
  }
}

/** Returns the name that an export would give a picture's file, or undefined if the picture is not in the gallery. */
export function copyName(store: Pick<ReadStore, 'pictureFacts'>, imageId: string): string | undefined {
  const row = store.pictureFacts.row(imageId);
  return row && createFileNamer()(row.created_at, row.prompt, extensionOf(row.file));
}

/**
 * Saves copies of pictures in a folder, none over another file.
 *
 * @param folder absolute.
 * @returns the number of copies, and of pictures that were skipped because their files are missing; a failure if the
 *   folder cannot be read or written. Copies that were saved before stay.
 */
export async function saveCopies(
  context: CopyContext,
  imageIds: readonly string[],
  folder: string,
): Promise<Result<{ path: string; saved: number; skipped: number }>> {
  const { store, dataFolder } = context;
  const existing = await readdir(folder).catch(() => null);
  if (!existing) return failure('copy_not_saved');
  const nextName = createFileNamer(existing);
  let saved = 0;
  for (const imageId of imageIds) {
    const row = store.pictureFacts.row(imageId);
    if (!row) continue;
    const name = nextName(row.created_at, row.prompt, extensionOf(row.file));
    const source = await findOriginal(dataFolder, row);
    if (source === null) continue;
    const from = { path: source, format: formatOfFile(row.file) };
    const copied = await saveCopy(context, imageId, from, path.join(folder, name));
    if (copied.ok) saved += 1;
    else if (copied.code !== 'file_missing') return copied;
  }
  return success({ path: folder, saved, skipped: imageIds.length - saved });
}

function extensionOf(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1);
}
