// Gives a picture the file that a user found for it, once it has proved to be a picture of that size.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { type PictureFormat, pictureFile } from '../../../shared/domain/picture-files';
import type { LocatedFile, LocateTask } from '../../../shared/generator/messages';
import { writeAtomically } from '../../files/write-atomically';
import { decode, thumbhashOf } from './codec';
import { validateImage } from './inspect';
import { readRecipe, writeRecipe } from './recipe-files';

/** No picture that was ever made here is larger. Bytes. */
const maxFileBytes = 256 * 1024 * 1024;

/**
 * Copies the chosen file in as the picture's own: first the file, then what its recipe says of it. The chosen file
 * stays where it is. Killed in between, the picture is whole and its recipe is of another length, as after damage.
 *
 * @returns the file that the rows are to show; `not_a_picture` or `another_picture` where nothing was changed.
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
  const thumbhash = Buffer.from(thumbhashOf(picture)).toString('base64');
  return keep(dataFolder, imageId, validated.value.format, bytes, { width, height, thumbhash });
}

async function keep(
  dataFolder: string,
  imageId: string,
  format: PictureFormat,
  bytes: Uint8Array,
  looks: Size & { thumbhash: string },
): Promise<Result<LocatedFile>> {
  const located = { file: pictureFile(imageId, format), bytes: bytes.length };
  try {
    await writeAtomically(path.join(dataFolder, located.file), bytes);
    const recipe = await readRecipe(dataFolder, imageId);
    if (recipe) await writeRecipe(dataFolder, { ...recipe, ...located, ...looks });
    return success(located);
  } catch (error) {
    console.error('A located picture could not be copied in:', error);
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

/** A camera's way of writing a picture on its side counts as the same. */
function isSameSize(a: Size, b: Size): boolean {
  return (a.width === b.width && a.height === b.height) || (a.width === b.height && a.height === b.width);
}
