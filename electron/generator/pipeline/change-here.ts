// Changes a picture on this computer, for a message or only for the gallery.
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { arrivedFile } from '../../../shared/domain/picture-files';
import type { ChangedPicture, ChangeRequest } from '../../../shared/generator/tasks';
import { writeWithoutFlush } from '../../files/write-atomically';
import type { PictureContext } from '../services/service';
import { finishStoring, type StoreContext, type Stored } from './store-image';

/**
 * Stores a changed picture that belongs to no message. Only reads the original. Writes the new picture's bytes
 * before its recipe, and its recipe before its final name; after a kill in between, the same request makes it
 * again.
 */
export async function changeHere(
  context: StoreContext,
  { newImageId, file, change, origin }: ChangeRequest,
): Promise<Result<{ changed: ChangedPicture; deriveFiles: Stored['deriveFiles'] }>> {
  const { dataFolder, codec } = context;
  const made = await codec.changeHere({ file: path.resolve(dataFolder, file), change });
  if (!made.ok) return made;
  const source = arrivedFile(newImageId);
  await writeWithoutFlush(path.join(dataFolder, source), made.value);
  const stored = await finishStoring(
    context,
    // Its id is also its request's, so that the leftovers of a killed attempt are replaced.
    { ...origin, id: newImageId, requestId: newImageId, costMicroUsd: 0 },
    source,
  );
  if (!stored.ok) return stored;
  const { image, deriveFiles } = stored.value;
  return success({ changed: image, deriveFiles });
}

/**
 * Returns the function with which this computer changes the picture of a job. The result is stored like a
 * provider's answer.
 */
export function changeWith({ dataFolder, codec }: StoreContext): PictureContext['changeHere'] {
  return async ({ params: { change }, references: [original] = [] }) => {
    if (!change || !original) return failure('reference_gone');
    const { saved: _, ...wanted } = change;
    return codec.changeHere({ file: path.resolve(dataFolder, original.file), change: wanted });
  };
}
