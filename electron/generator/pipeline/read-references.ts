// Reads the pictures that accompany a prompt, as they leave this computer.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { removeMetadata } from '../../../shared/domain/picture-bytes/remove-metadata';
import type { PictureReference } from '../../../shared/generator/jobs';
import type { PictureContext } from '../services/service';

/**
 * Returns a reader of reference pictures, without what their files say beside the picture. It resolves to null for a
 * missing file.
 */
export function readReferences(dataFolder: string): PictureContext['readReference'] {
  return async ({ file, signature }: PictureReference) => {
    const bytes = await readFile(path.resolve(dataFolder, file)).catch(() => null);
    // A signature belongs to the bytes that the model has sent, and those say nothing about the user.
    return bytes === null || signature !== null ? bytes : removeMetadata(bytes);
  };
}
