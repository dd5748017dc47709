// What the user does with stacks of near duplicates: opening one, taking a picture out, and deleting.
import { create } from 'zustand';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { showView } from '../navigation';
import { useGallery } from './gallery-store';
import { idsBetween } from './picture-index';

/** Shows every picture of the stack, of those that the gallery's query finds. */
export function showStack(imageId: string): void {
  const { query, setQuery } = useGallery.getState();
  setQuery({ ...query, stackOf: imageId });
  showView('gallery');
}

/** Takes a picture out of its stack for good. */
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

/** The gallery may show the stack of this very picture, and goes on with that of the others. */
function keepStackInView(imageId: string): void {
  const { query, index, setQuery } = useGallery.getState();
  if (query.stackOf !== imageId) return;
  const other = idsBetween(index, 0, index.length - 1).find((id) => id !== imageId);
  if (other !== undefined) setQuery({ ...query, stackOf: other });
}

type StackDeletion = {
  /**
   * All pictures that would be deleted, and those of them that lie under others. Null while nothing is asked.
   * `onDelete` is called before pictures are deleted, and not if the user cancels; `onRestored` after that was undone.
   */
  asked: { imageIds: string[]; hidden: string[]; onDelete: () => void; onRestored?: () => void } | null;
  ask: (imageIds: string[], hidden: string[], onDelete: () => void, onRestored?: () => void) => void;
  close: () => void;
};

export const useStackDeletion = create<StackDeletion>()((set) => ({
  asked: null,
  /** @param hidden what lies under the pictures, which may be among them. */
  ask: (imageIds, hidden, onDelete, onRestored) =>
    set({
      asked: {
        ...{ imageIds: [...new Set([...imageIds, ...hidden])], hidden, onDelete },
        ...(onRestored && { onRestored }),
      },
    }),
  close: () => set({ asked: null }),
}));
