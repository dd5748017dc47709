// Mask files: written atomically after checking their headers, and read for the renderer.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { maxMaskBytes } from '../../../shared/contract/edits';
import { maskFile } from '../../../shared/domain/edits';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { readMaskSize } from '../../../shared/domain/mask-bytes';
import { writeAtomically } from '../../files/write-atomically';

type Size = { width: number; height: number };

/** Returns whether a mask's file exists. */
export function hasMask(dataFolder: string, maskId: string): boolean {
  return existsSync(path.join(dataFolder, maskFile(maskId)));
}

/**
 * Writes a mask. An existing one stays as it is, because its id is a hash of its content.
 *
 * @param size of the picture, in pixels.
 * @returns `bad_request` if the bytes are not a mask of this size, or `disk_full` or `not_saved`.
 */
export async function writeMask(
  dataFolder: string,
  maskId: string,
  bytes: Uint8Array,
  size: Size,
): Promise<Result<null>> {
  const found = bytes.length > maxMaskBytes ? null : readMaskSize(bytes);
  if (found?.width !== size.width || found.height !== size.height) return failure('bad_request');
  if (hasMask(dataFolder, maskId)) return success(null);
  try {
    await writeAtomically(path.join(dataFolder, maskFile(maskId)), bytes);
    return success(null);
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    if (!isFull) console.error('A mask could not be written:', error);
    return failure(isFull ? 'disk_full' : 'not_saved');
  }
}

/** @returns `not_found` if there is no such mask. */
export async function readMask(dataFolder: string, maskId: string): Promise<Result<Uint8Array>> {
  const bytes = await readFile(path.join(dataFolder, maskFile(maskId))).catch(() => null);
  return bytes ? success(bytes) : failure('not_found');
}
