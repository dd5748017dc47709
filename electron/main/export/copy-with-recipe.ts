// A copy of a picture that carries how it was made.
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { carriesC2pa } from '../../../shared/content-credentials';
import { failure, type Result, success } from '../../../shared/errors';
import { formatOfFile } from '../../../shared/picture-files';
import { writeAtomically } from '../../files/write-atomically';
import { embedXmp } from './embed-xmp';
import { type ExportedRecipe, writeXmp } from './xmp';

/**
 * Copies a picture to where the person wants it: whole or not at all, and on the disk by the time it is said.
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
  const format = formatOfFile(source);
  // A manifest vouches for every byte: with a recipe added it would call its own picture tampered with.
  const mayChange = format !== null && !carriesC2pa(bytes, format);
  const copy = (mayChange && recipe && embedXmp(bytes, format, writeXmp(recipe))) || bytes;
  try {
    // A folder that has gone since it was chosen is not made again behind the person's back.
    await access(path.dirname(target));
    await writeAtomically(target, copy);
    return success({ path: target });
  } catch {
    return failure('copy_not_saved');
  }
}
