// The pictures that go with what the user is writing.
import { create } from 'zustand';
import { maxReferences } from '../../../shared/domain/conversations';
import { toast } from '../../ui/toasts';
import { saveChoices, savedChoices } from './saved-draft';

type ReferencesState = {
  /** Ids, the picture to be edited first. */
  ids: readonly string[];
  /** How many were attached so far: with each one the composer takes the focus. */
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
      return toast(`No more than ${maxReferences} pictures go with one message.`, { tone: 'problem' });
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
