// The actions that remove a picture from Trash, for tiles and for the open picture.
import type { GalleryImage } from '../../../shared/domain/pictures';
import type { PictureTarget } from '../../picture/action-target';
import { useTrash } from './trash-store';

export type TrashActions = {
  /** Shows a picture in the gallery. */
  show: (imageId: string) => void;
  /** Asks for confirmation, and then deletes a picture permanently. */
  askToDelete: (image: GalleryImage) => void;
};

/** Returns the actions for a picture in Trash. */
export function trashActionsFor(
  { show, askToDelete }: TrashActions,
  image: GalleryImage,
): NonNullable<PictureTarget['trash']> {
  return {
    restore: () => void useTrash.getState().restorePicture(image.id, show),
    deleteForGood: () => askToDelete(image),
  };
}
