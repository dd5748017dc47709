// What the person is writing. It is theirs: a restart does not lose it.
import { create } from 'zustand';

const key = 'draft';

/** Kept by the browser, under the data folder like everything else. */
export const useDraft = create<{ text: string; setText: (text: string) => void }>((set) => ({
  text: localStorage.getItem(key) ?? '',
  setText(text) {
    localStorage.setItem(key, text);
    set({ text });
  },
}));
