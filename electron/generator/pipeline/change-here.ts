// Makes a picture from another one on this computer, and stores it like any picture.
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { nearestAspectRatio } from '../../../shared/domain/nearest-aspect-ratio';
import { arrivedFile } from '../../../shared/domain/picture-files';
import type { ChangedPicture, ChangeRequest } from '../../../shared/generator/tasks';
import type { PictureContext } from '../services/service';
import { finishStoring, type StoreContext, type Stored } from './store-image';

/**
 * The original is only read. The new picture's bytes are on disk before its recipe, and its recipe before its name; killed
 * in between, the same request makes it again. Its recipe says what was changed and how it was saved.
 */
export async function changeHere(
  context: StoreContext,
  { newImageId, file, change, origin }: ChangeRequest,
): Promise<Result<{ changed: ChangedPicture; deriveFiles: Stored['deriveFiles'] }>> {
  const { dataFolder, codec } = context;
  const source = arrivedFile(newImageId);
  const made = await codec.changeHere({
    ...{ file: path.resolve(dataFolder, file), target: path.join(dataFolder, source), change },
  });
  if (!made.ok) return made;
  const { saved, ...size } = made.value;
  const { params: originalParams, ...facts } = origin;
  const shape = 'aspectRatio' in originalParams ? { aspectRatio: nearestAspectRatio(size) } : {};
  const params = { ...originalParams, ...shape, change: { ...change, saved } };
  const stored = await finishStoring(
    context,
    // Its own id is that of its request: what a killed attempt has left is replaced.
    { ...facts, id: newImageId, requestId: newImageId, params, costMicroUsd: 0 },
    source,
  );
  if (!stored.ok) return stored;
  const { image, deriveFiles } = stored.value;
  return success({ changed: { ...image, params }, deriveFiles });
}

/** Returns the function with which this computer enlarges the picture of a job. What it makes is stored as an answer is. */
export function enlargeWith({ dataFolder, codec }: StoreContext): PictureContext['enlarge'] {
  return async ({ params: { upscale }, references: [original] = [] }) =>
    upscale && original
      ? codec.enlarge(path.resolve(dataFolder, original.file), upscale.factor)
      : failure('reference_gone');
}
