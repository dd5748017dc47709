// A copy of a picture that carries how it was made.
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { embedXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { inspect } from '../../../shared/domain/picture-bytes/inspect';
import { type ExportedRecipe, writeXmp } from '../../../shared/domain/xmp';
import { writeAtomically } from '../../files/write-atomically';

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
  const copy = withRecipe(bytes, recipe);
  try {
    // A folder that has gone since it was chosen is not made again behind the user's back.
    await access(path.dirname(target));
    await writeAtomically(target, copy);
    return success({ path: target });
  } catch {
    return failure('copy_not_saved');
  }
}

/** Returns the bytes with the recipe in them, or the same bytes when they cannot or must not change. */
export function withRecipe(bytes: Uint8Array, recipe: ExportedRecipe | null): Uint8Array {
  // A C2PA manifest covers every byte, so a picture with an added recipe would count as tampered with.
  if (!recipe || inspect(bytes)?.hasContentCredentials) return bytes;
  return embedXmp(bytes, writeXmp(recipe)) ?? bytes;
}
