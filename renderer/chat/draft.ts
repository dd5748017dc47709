// What the person is writing. It is theirs: a restart does not lose it.
import { create } from 'zustand';
import type { AspectRatio } from '../../shared/models';
import { useSettings } from '../settings/settings-store';

const key = 'draft';

/** What a picture was made from, as far as the composer can ask for it again. */
export type RestorableRecipe = {
  prompt: string;
  aspectRatio?: AspectRatio | null | undefined;
  seed?: number | null | undefined;
};

/** Kept by the browser, under the data folder like everything else. */
export const useDraft = create<{ text: string; setText: (text: string) => void }>((set) => ({
  text: localStorage.getItem(key) ?? '',
  setText(text) {
    localStorage.setItem(key, text);
    set({ text });
  },
}));

/** Puts a recipe into the composer, ready to be sent again as it was or changed. */
export function restoreRecipe({ prompt, aspectRatio }: RestorableRecipe): void {
  useDraft.getState().setText(prompt);
  if (aspectRatio) void useSettings.getState().change({ aspectRatio });
}
