// Gives a picture the file that the user located for it, if it is a picture of the same size.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { type PictureFormat, pictureFile } from '../../../shared/domain/picture-files';
import type { LocatedFile, LocateTask } from '../../../shared/generator/messages';
import { writeAtomically } from '../../files/write-atomically';
import { readRecipe, writeRecipe } from '../recipes/recipe-files';
import { decode, thumbhashOf } from './decode';
import { validateImage } from './inspect';

/** Larger than any picture that Afterimage has stored. */
const maxFileBytes = 256 * 1024 * 1024;

/**
 * Copies the chosen file as the picture's own, then updates its recipe. The chosen file stays where it is. After a crash
 * in between, the picture is complete and its recipe has another length, as after damage.
 *
 * @returns the file for the rows to show; `not_a_picture` or `another_picture` when nothing was changed; `not_saved`.
 */
export async function locateFile(
  dataFolder: string,
  { imageId, chosen, width, height }: LocateTask,
): Promise<Result<LocatedFile>> {
  const bytes = await readChosen(chosen);
  if (!bytes) return failure('not_a_picture');
  const validated = validateImage(bytes);
  if (!validated.ok) return failure('not_a_picture');
  const picture = await decode(bytes).catch(() => null);
  if (!picture) return failure('not_a_picture');
  if (!isSameSize(picture, { width, height })) return failure('another_picture');
  const thumbhash = Buffer.from(await thumbhashOf(picture)).toString('base64');
  return storeLocated(dataFolder, imageId, validated.value.format, bytes, { width, height, thumbhash });
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

async function readChosen(file: string): Promise<Uint8Array | null> {
  try {
    const { size } = await stat(file);
    return size > maxFileBytes ? null : await readFile(file);
  } catch {
    return null;
  }
}

type Size = { width: number; height: number };

/** A quarter turn counts as the same size: cameras may store pictures rotated. */
function isSameSize(a: Size, b: Size): boolean {
  return (a.width === b.width && a.height === b.height) || (a.width === b.height && a.height === b.width);
}
