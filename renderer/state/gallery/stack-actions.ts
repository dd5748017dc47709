// Actions on stacks of near duplicates: opening one, taking a picture out, and deleting.
import { create } from 'zustand';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { showView } from '../navigation';
import { useGallery } from './gallery-store';
import { idsBetween } from './picture-index';

/** Shows the pictures of the stack that match the gallery's query. */
export function showStack(imageId: string): void {
  const { query, setQuery } = useGallery.getState();
  setQuery({ ...query, stackOf: imageId });
  showView('gallery');
}

/** Takes a picture out of its stack permanently. */
export async function takeOutOfStack(imageId: string): Promise<void> {
  keepStackInView(imageId);
  const reply = await request('gallery:separate', { imageId, isSeparate: true });
  if (!reply.ok) return toast(reply.message, { tone: 'problem' });
  toast(t('picture.taken_out'), {
    undo: {
      run: async () => {
        const back = await request('gallery:separate', { imageId, isSeparate: false });
        if (!back.ok) toast(back.message, { tone: 'problem' });
      },
      undone: t('picture.back_in_stack'),
      again: () => takeOutOfStack(imageId),
    },
  });
}

/** If the gallery shows the stack by this picture, continues with another picture of the stack. */
function keepStackInView(imageId: string): void {
  const { query, index, setQuery } = useGallery.getState();
  if (query.stackOf !== imageId) return;
  const other = idsBetween(index, 0, index.length - 1).find((id) => id !== imageId);
  if (other !== undefined) setQuery({ ...query, stackOf: other });
}

type StackDeletion = {
  /**
   * The pictures to delete, and those of them that are under others. Null while the dialog is closed. `onDelete` is called
   * before pictures are deleted, and not if the user cancels. `onRestored` is called after the deletion was undone.
   */
  asked: { imageIds: string[]; hidden: string[]; onDelete: () => void; onRestored?: () => void } | null;
  ask: (imageIds: string[], hidden: string[], onDelete: () => void, onRestored?: () => void) => void;
  close: () => void;
};

export const useStackDeletion = create<StackDeletion>()((set) => ({
  asked: null,
  /** @param hidden the pictures under these ones, which may be among them. */
  ask: (imageIds, hidden, onDelete, onRestored) =>
    set({
      asked: {
        ...{ imageIds: [...new Set([...imageIds, ...hidden])], hidden, onDelete },
        ...(onRestored && { onRestored }),
      },
    }),
  close: () => set({ asked: null }),
}));
