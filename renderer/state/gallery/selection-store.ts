// What is chosen in the gallery. It lasts while its query does, through scrolling, arrivals and other views.
import { create } from 'zustand';
import { useGallery } from './gallery-store';
import { idAt, idsBetween, positionOf } from './picture-index';
import {
  covering,
  everything,
  extendedTo,
  noSelection,
  type Selection,
  toggled,
  withoutGone,
} from './selection';

type SelectionState = Selection & {
  toggle: (id: string) => void;
  /** From what was chosen last to this one. */
  extend: (id: string) => void;
  /** @param before what was chosen when the rectangle was begun. */
  cover: (before: ReadonlySet<string>, covered: readonly string[]) => void;
  /** All that the query finds. */
  selectAll: () => void;
  clear: () => void;
  /** They are not in the gallery any more. */
  forget: (ids: readonly string[]) => void;
};

export const useSelection = create<SelectionState>()((set, get) => ({
  ...noSelection,
  toggle: (id) => set((state) => toggled(state, id)),
  extend: (id) => set((state) => extendedTo(state, id, between)),
  cover: (before, covered) => set(covering(before, covered)),
  selectAll() {
    const { index, isComplete } = useGallery.getState();
    const all = everything(idsBetween(index, 0, index.length - 1));
    set(all);
    if (isComplete) return;
    // What is still being read is meant too, unless the user has chosen otherwise meanwhile.
    const stop = useGallery.subscribe((now) => {
      if (get().ids !== all.ids) stop();
      else if (now.isComplete) {
        stop();
        get().selectAll();
      }
    });
  },
  clear: () => set(({ ids }) => (ids.size > 0 ? noSelection : {})),
  forget: (ids) => set((state) => withoutGone(state, ids)),
}));

function between(from: string, to: string): string[] {
  const { index } = useGallery.getState();
  const [one, other] = [positionOf(index, from), positionOf(index, to)];
  if (one < 0 || other < 0) return [];
  return idsBetween(index, Math.min(one, other), Math.max(one, other));
}

// Another question has other pictures: what was chosen among the old ones would be out of sight.
useGallery.subscribe((now, before) => {
  if (now.query !== before.query) useSelection.getState().clear();
});

/** @returns what is chosen, in the gallery's order. */
export function selectedInOrder(): string[] {
  const { index } = useGallery.getState();
  const { ids } = useSelection.getState();
  const found: string[] = [];
  for (let at = 0; at < index.length && found.length < ids.size; at += 1) {
    const id = idAt(index, at);
    if (id !== undefined && ids.has(id)) found.push(id);
  }
  return found;
}
