// What leads out of Trash, for a tile and for the open picture.
import type { GalleryImage } from '../../../shared/domain/pictures';
import type { PictureTarget } from '../../picture/action-target';
import { useTrash } from './trash-store';

export type TrashActions = {
  /** Shows a picture in the gallery. */
  show: (imageId: string) => void;
  /** Asks whether a picture is to be deleted for good. */
  askToDelete: (image: GalleryImage) => void;
};

/** Returns what can be done with a picture in Trash. */
export function trashActionsFor(
  { show, askToDelete }: TrashActions,
  image: GalleryImage,
): NonNullable<PictureTarget['trash']> {
  return {
    restore: () => void useTrash.getState().restorePicture(image.id, show),
    deleteForGood: () => askToDelete(image),
  };
}
