// Restores a missing picture from a file that the user located, if that file has the same size in pixels.
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { type PictureFormat, pictureFile } from '../../../shared/domain/picture-files';
import type { PictureLink } from '../../../shared/domain/recipe';
import type { LocatedFile, LocateTask } from '../../../shared/generator/tasks';
import { writeAtomically } from '../../files/write-atomically';
import { readRecipe, writeRecipe } from '../recipes/recipe-files';
import { thumbhashOf, withPicture } from './decode';
import { validateImage } from './inspect';

/** Larger than any picture that Afterimage has stored. */
const maxFileBytes = 256 * 1024 * 1024;

/**
 * Copies the chosen file as the picture's own, or links it if the picture was linked, then updates the recipe. The
 * chosen file is not changed. After a crash in between, the picture is complete, but its recipe states another
 * length, as after damage.
 *
 * @returns the file for the rows to show; `not_a_picture` or `another_picture` if nothing was changed; `not_saved`.
 */
export async function locateFile(
  dataFolder: string,
  { imageId, chosen, width, height, isLinked = false }: LocateTask,
): Promise<Result<LocatedFile>> {
  const read = await readChosen(chosen);
  if (!read) return failure('not_a_picture');
  const { bytes, link } = read;
  const validated = validateImage(bytes);
  if (!validated.ok) return failure('not_a_picture');
  const shown = await withPicture(bytes, async (picture) => ({
    size: { width: picture.width, height: picture.height },
    thumbhash: Buffer.from(await thumbhashOf(picture)).toString('base64'),
  })).catch(() => null);
  if (!shown) return failure('not_a_picture');
  if (!isSameSize(shown.size, { width, height })) return failure('another_picture');
  const { thumbhash } = shown;
  const appearance = { width, height, thumbhash };
  if (isLinked) return storeLink(dataFolder, imageId, { bytes, link }, appearance);
  return storeLocated(dataFolder, imageId, validated.value.format, bytes, appearance);
}

async function storeLocated(
  dataFolder: string,
  imageId: string,
  format: PictureFormat,
  bytes: Uint8Array,
  appearance: Size & { thumbhash: string },
): Promise<Result<LocatedFile>> {
  const located = { file: pictureFile(imageId, format), bytes: bytes.length };
  try {
    await writeAtomically(path.join(dataFolder, located.file), bytes);
    const recipe = await readRecipe(dataFolder, imageId);
    if (recipe) await writeRecipe(dataFolder, { ...recipe, ...located, ...appearance });
    return success(located);
  } catch (error) {
    console.error('A located picture could not be stored:', error);
    return failure('not_saved');
  }
}

/** Links the picture to the chosen file; its derived files keep their names. */
async function storeLink(
  dataFolder: string,
  imageId: string,
  { bytes, link }: ChosenFile,
  appearance: Size & { thumbhash: string },
): Promise<Result<LocatedFile>> {
  const recipe = await readRecipe(dataFolder, imageId);
  if (!recipe) return failure('not_saved');
  try {
    await writeRecipe(dataFolder, { ...recipe, ...appearance, bytes: bytes.length, link });
  } catch (error) {
    console.error('A located picture could not be stored:', error);
    return failure('not_saved');
  }
  const contentHash = createHash('sha256').update(bytes).digest('hex');
  return success({ file: recipe.file, bytes: bytes.length, link: { ...link, contentHash } });
}

type ChosenFile = { bytes: Uint8Array; link: PictureLink };

async function readChosen(file: string): Promise<ChosenFile | null> {
  try {
    const real = await realpath(file);
    const { size, mtimeMs } = await stat(real);
    if (size > maxFileBytes) return null;
    const link = { path: real, modifiedAt: Math.max(0, Math.round(mtimeMs)) };
    return { bytes: await readFile(real), link };
  } catch {
    return null;
  }
}

type Size = { width: number; height: number };

/** A quarter turn counts as the same size: cameras may store pictures rotated. */
function isSameSize(a: Size, b: Size): boolean {
  return (a.width === b.width && a.height === b.height) || (a.width === b.height && a.height === b.width);
}
