// What the person is writing, and how it is to be made. The text is theirs: a restart does not lose it.
import { create } from 'zustand';
import type { AspectRatio } from '../../shared/models';

const key = 'draft';

export type DraftState = {
  text: string;
  mode: 'auto' | 'picture';
  /** Null: the shape that the settings say. */
  aspectRatio: AspectRatio | null;
  count: number;
  /** Null: a random one each time. Otherwise the first picture's, 0 to 2^31 - 1; the next ones count up from it. */
  seed: number | null;
  /** How many recipes were restored: with each one the composer takes the focus. */
  restored: number;
};

/** What a picture was made from, as far as the composer can ask for it again. */
export type RestorableRecipe = {
  prompt: string;
  aspectRatio?: AspectRatio | null | undefined;
  /** Leave it out where the provider took none. */
  seed?: number | null | undefined;
};

type DraftActions = {
  setText: (text: string) => void;
  change: (changes: Partial<Omit<DraftState, 'text' | 'restored'>>) => void;
};

/** The text is kept by the browser, under the data folder like everything else. */
export const useDraft = create<DraftState & DraftActions>((set) => ({
  text: localStorage.getItem(key) ?? '',
  mode: 'auto',
  aspectRatio: null,
  count: 1,
  seed: null,
  restored: 0,
  setText(text) {
    localStorage.setItem(key, text);
    set({ text });
  },
  change(changes) {
    set(changes);
  },
}));

/** Puts a recipe into the composer, ready to be sent again as it was or changed. */
export function restoreRecipe({ prompt, aspectRatio, seed }: RestorableRecipe): void {
  useDraft.getState().setText(prompt);
  useDraft.setState(({ restored }) => ({
    mode: 'picture',
    aspectRatio: aspectRatio ?? null,
    count: 1,
    seed: seed ?? null,
    restored: restored + 1,
  }));
}
