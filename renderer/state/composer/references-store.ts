// The pictures attached to the draft.
import { create } from 'zustand';
import { maxReferences } from '../../../shared/domain/conversations';
import { toast } from '../../ui/toasts';
import { saveChoices, savedChoices } from './draft-storage';

type ReferencesState = {
  /** Ids. The first picture is the one to edit. */
  ids: readonly string[];
  /** Number of pictures attached so far. Each one moves the focus into the composer. */
  attached: number;
  attach: (imageId: string) => void;
  remove: (imageId: string) => void;
  set: (ids: readonly string[]) => void;
};

export const useReferences = create<ReferencesState>((set, get) => ({
  ids: savedChoices.references,
  attached: 0,
  attach(imageId) {
    const { ids, attached } = get();
    if (ids.length >= maxReferences && !ids.includes(imageId)) {
      return toast(`A message can have at most ${maxReferences} pictures.`, { tone: 'problem' });
    }
    get().set([...ids.filter((id) => id !== imageId), imageId]);
    set({ attached: attached + 1 });
  },
  remove(imageId) {
    get().set(get().ids.filter((id) => id !== imageId));
  },
  set(ids) {
    saveChoices({ references: [...ids] });
    set({ ids });
  },
}));
