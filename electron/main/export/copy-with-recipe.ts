// Copies a picture and embeds its recipe in the copy.
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { embedXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { inspect } from '../../../shared/domain/picture-bytes/inspect';
import { type ExportedRecipe, writeXmp } from '../../../shared/domain/xmp';
import { writeAtomically } from '../../files/write-atomically';

/**
 * Copies a picture atomically and flushes the copy to the disk.
 *
 * @param packet the XMP to embed; null for a copy with the bytes of the original. A picture with content credentials,
 * or in a format without XMP, is always copied unchanged.
 */
export async function copyWithPacket(
  source: string,
  target: string,
  packet: string | null,
): Promise<Result<{ path: string }>> {
  const copy = await readWithPacket(source, packet);
  if (!copy) return failure('file_missing');
  try {
    // Prevents recreating a folder that was removed after the user chose it.
    await access(path.dirname(target));
    await writeAtomically(target, copy);
    return success({ path: target });
  } catch {
    return failure('copy_not_saved');
  }
}

/** Returns the bytes of a picture's copy, or null if its file cannot be read. */
export async function readWithPacket(source: string, packet: string | null): Promise<Uint8Array | null> {
  const bytes = await readFile(source).catch(() => null);
  return bytes && withPacket(bytes, packet);
}

/** Returns the bytes with the recipe in them, or the same bytes when they cannot or must not change. */
export function withRecipe(bytes: Uint8Array, recipe: ExportedRecipe | null): Uint8Array {
  return withPacket(bytes, recipe && writeXmp(recipe));
}

function withPacket(bytes: Uint8Array, packet: string | null): Uint8Array {
  // A C2PA manifest covers every byte, so a picture with an added recipe would count as tampered with.
  if (packet === null || inspect(bytes)?.hasContentCredentials) return bytes;
  return embedXmp(bytes, packet) ?? bytes;
}
