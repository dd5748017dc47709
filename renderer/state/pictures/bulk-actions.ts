// Actions on many pictures at once. Each shows a notice with Undo.
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { endNoticesOf, toast } from '../../ui/toasts';
import { inBatches } from '../in-batches';
import { areLinked, type Deletion, deletePicture, withMore } from './picture-actions';

/** Moves pictures to Trash. Events update gallery and chat. */
export async function deletePictures(imageIds: readonly string[], options: Deletion = {}): Promise<void> {
  const { onRestored, sentence, again = () => deletePictures(imageIds) } = options;
  const [only] = imageIds;
  if (imageIds.length === 1 && only !== undefined) return deletePicture(only, options);
  const isLinked = areLinked(imageIds);
  const gone = await inBatches(imageIds, t('picture.moving_to_trash'), (part) =>
    request('images:delete-many', { imageIds: part }),
  );
  if (gone.length === 0) return;
  endNoticesOf(gone);
  const moved = t(isLinked ? 'picture.entry_removed' : 'picture.many_moved_to_trash', { count: gone.length });
  toast(withMore(moved, isLinked, sentence), {
    about: gone,
    undo: {
      run: async () => {
        if ((await restorePictures(gone)).length > 0) onRestored?.();
      },
      undone: t('trash.restored', { count: gone.length }),
      again,
    },
  });
}

/** Restores pictures from Trash. @returns the ids of those that were in it. */
export async function restorePictures(imageIds: readonly string[]): Promise<string[]> {
  const restored = await inBatches(imageIds, t('picture.restoring'), (part) =>
    request('images:restore-many', { imageIds: part }),
  );
  endNoticesOf(restored);
  return restored;
}
