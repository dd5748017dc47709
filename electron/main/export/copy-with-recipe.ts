// A copy of a picture that carries how it was made.
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { carriesC2pa } from '../../../shared/domain/content-credentials';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { formatOfFile } from '../../../shared/domain/picture-files';
import { type ExportedRecipe, writeXmp } from '../../../shared/domain/xmp';
import { writeAtomically } from '../../files/write-atomically';
import { embedXmp } from './embed-xmp';

/**
 * Copies a picture to where the user wants it: whole or not at all, and on the disk by the time it is said.
 *
 * @param recipe null, a format that has no place for one, or a picture with content credentials: the copy is byte for
 *   byte the original.
 */
export async function copyWithRecipe(
  source: string,
  target: string,
  recipe: ExportedRecipe | null,
): Promise<Result<{ path: string }>> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(source);
  } catch {
    return failure('file_missing');
  }
  const copy = withRecipe(bytes, source, recipe);
  try {
    // A folder that has gone since it was chosen is not made again behind the user's back.
    await access(path.dirname(target));
    await writeAtomically(target, copy);
    return success({ path: target });
  } catch {
    return failure('copy_not_saved');
  }
}

/** @returns the bytes of a picture's file with its recipe in them; as they are where they cannot or must not change. */
export function withRecipe(bytes: Uint8Array, file: string, recipe: ExportedRecipe | null): Uint8Array {
  const format = formatOfFile(file);
  // A manifest vouches for every byte: with a recipe added it would call its own picture tampered with.
  const mayChange = format !== null && !carriesC2pa(bytes, format);
  return (mayChange && recipe && embedXmp(bytes, format, writeXmp(recipe))) || bytes;
}
