// Actions on many pictures at once. Each reports what it did and offers undo.
import { request } from '../../ipc';
import { formatCount } from '../../ui/format';
import { toast } from '../../ui/toasts';
import { inBatches } from '../in-batches';
import { deletePicture } from './picture-actions';

/** Moves pictures to Trash. Events update gallery and chat. */
export async function deletePictures(imageIds: readonly string[]): Promise<void> {
  const [only] = imageIds;
  if (imageIds.length === 1 && only !== undefined) return deletePicture(only);
  const gone = await inBatches(imageIds, 'Moving to Trash', (part) =>
    request('images:delete-many', { imageIds: part }),
  );
  if (gone.length === 0) return;
  toast(`${formatCount(gone.length, 'picture')} moved to Trash`, {
    action: { label: 'Undo', run: () => restorePictures(gone) },
  });
}

/** Restores pictures from Trash. @returns the ids of those that were in it. */
export function restorePictures(imageIds: readonly string[]): Promise<string[]> {
  return inBatches(imageIds, 'Restoring', (part) => request('images:restore-many', { imageIds: part }));
}
