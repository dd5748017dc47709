// Actions that delete pictures, and actions on deleted ones.
import { Trash2, Undo2 } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { useStackDeletion } from '../../state/gallery/stack-actions';
import { deletePictures } from '../../state/pictures/bulk-actions';
import type { PictureAction } from './picture-action';

/** In the order of the menu. */
export const deleteActions = {
  delete: {
    icon: Trash2,
    label: ({ groupSize }) => t(groupSize === undefined ? 'picture.delete' : 'picture.delete_all'),
    shortcut: 'Delete',
    run(target) {
      const [ids, hidden] = [target.ids(), target.hidden?.() ?? []];
      // Called only after the confirmation, so that a cancellation changes nothing.
      const leave = () => target.leave?.('gone');
      if (hidden.length > 0) return useStackDeletion.getState().ask(ids, hidden, leave, target.comeBack);
      remove();

      function remove(): void {
        leave();
        void deletePictures(ids, { onRestored: target.comeBack, again: remove });
      }
    },
  },
  restore: {
    icon: Undo2,
    label: 'picture.restore',
    isOfTrash: true,
    run: ({ trash }) => trash?.restore(),
  },
  deleteForGood: {
    icon: Trash2,
    label: 'picture.delete_for_good',
    shortcut: 'Delete',
    isOfTrash: true,
    run: ({ trash }) => trash?.deleteForGood(),
  },
} satisfies Record<string, PictureAction>;
