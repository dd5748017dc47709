// The gallery's selection. It is kept until the query changes, even after scrolling, new pictures and other views.
import { create } from 'zustand';
import { useGallery } from './gallery-store';
import { idsBetween, inOrderOf, positionOf } from './picture-index';
import {
  covering,
  everything,
  extendedTo,
  noSelection,
  type Selection,
  toggled,
  withoutGone,
} from './selection';
import { countSelected, hiddenUnderAll, type SelectedCounts, withHidden } from './stacks';

type SelectionState = Selection & {
  /** The selection of everything while the rest of the order is still loading; otherwise null. */
  pendingAll: Selection['ids'] | null;
  toggle: (id: string) => void;
  /** Selects from the anchor to this picture. */
  extend: (id: string) => void;
  /** @param before the selection when the rectangle was started. */
  cover: (before: ReadonlySet<string>, covered: readonly string[]) => void;
  /** Selects everything that the query matches. */
  selectAll: () => void;
  clear: () => void;
  /** Deselects pictures that are no longer in the gallery. */
  forget: (ids: readonly string[]) => void;
};

export const useSelection = create<SelectionState>()((set, get) => ({
  ...noSelection,
  pendingAll: null,
  toggle: (id) => set((state) => toggled(state, id)),
  extend: (id) => set((state) => extendedTo(state, id, between)),
  cover: (before, covered) => set(covering(before, covered)),
  selectAll() {
    const { index, isComplete } = useGallery.getState();
    const all = everything(idsBetween(index, 0, index.length - 1));
    set({ ...all, pendingAll: isComplete ? null : all.ids });
    if (isComplete) return;
    // Adds pictures that are still being loaded, unless the user has meanwhile changed the selection.
    const stop = useGallery.subscribe((now) => {
      if (get().ids === all.ids && !now.isComplete && now.state !== 'failed') return;
      stop();
      if (get().ids !== all.ids) return;
      if (now.isComplete) get().selectAll();
      else set({ pendingAll: null });
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

useGallery.subscribe((now, before) => {
  // Another query shows other pictures, so the old selection would be out of sight.
  if (now.query !== before.query) useSelection.getState().clear();
  // Pictures that are now under another one are selected with it, or not at all.
  const { ids, forget } = useSelection.getState();
  if (now.stacks !== before.stacks) forget([...ids].filter((id) => now.stacks.topOf.has(id)));
});

/** Returns whether more pictures are about to join the selection, so that no action may run on it yet. */
export function isSelectingAll({ ids, pendingAll }: Pick<SelectionState, 'ids' | 'pendingAll'>): boolean {
  return pendingAll !== null && pendingAll === ids;
}

/** Returns the selected ids in the gallery's order, including the other pictures of selected stacks. */
export function selectedInOrder(): string[] {
  const { index, stacks } = useGallery.getState();
  const { ids } = useSelection.getState();
  return withHidden(stacks, inOrderOf(index, ids));
}

/** Returns the ids of the pictures under another one in its stack. */
export function hiddenUnder(id: string): string[] {
  return [...(useGallery.getState().stacks.under.get(id) ?? [])];
}

/** Returns the ids of the pictures under the selected ones. */
export function hiddenUnderSelected(): string[] {
  return hiddenUnderAll(useGallery.getState().stacks, useSelection.getState().ids);
}

/** Returns the number of selected pictures, including those in stacks. */
export function selectedCounts(): SelectedCounts {
  return countSelected(useGallery.getState().stacks, useSelection.getState().ids);
}
