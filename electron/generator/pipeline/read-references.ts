// Reads the reference pictures of a prompt in the form in which they are sent.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, failure } from '../../../shared/domain/errors';
import { removeMetadata } from '../../../shared/domain/picture-bytes/remove-metadata';
import type { PictureReference } from '../../../shared/generator/jobs';
import { sentence } from '../../../shared/languages/sentence';
import { isUnchanged } from '../../files/is-unchanged';
import type { PictureContext } from '../services/service';

/**
 * Returns why a request must not be made with these pictures: a linked file is missing, or was changed. Null
 * otherwise.
 */
export async function checkLinks(references: readonly PictureReference[] = []): Promise<Failure | null> {
  for (const { link } of references) {
    if (link && !(await isUnchanged(link))) {
      return failure('linked_file_gone', sentence('services.reference_changed'));
    }
  }
  return null;
}

/**
 * Returns a reader of reference pictures that removes their metadata. It resolves to null for a missing file, and
 * for a linked file that was changed.
 */
export function readReferences(dataFolder: string): PictureContext['readReference'] {
  return async ({ file, link, signature }: PictureReference) => {
    if (link && !(await isUnchanged(link))) return null;
    const bytes = await readFile(path.resolve(dataFolder, file)).catch(() => null);
    // A signature belongs to exactly the bytes that the model sent, and these contain nothing about the user.
    return bytes === null || signature !== null ? bytes : removeMetadata(bytes);
  };
}
