// The draft: what the user is writing, and how its pictures are made. It survives a restart.
import { create } from 'zustand';
import type { DraftChoices } from '../../../shared/domain/draft';
import type { AspectRatio } from '../../../shared/domain/models';
import { saveChoices, savedChoices, savedText, saveText } from './draft-storage';

type Choices = Omit<DraftChoices, 'references'>;

export type DraftState = Choices & {
  text: string;
  /** Number of restored recipes. Each one moves the focus into the composer. */
  restored: number;
};

/** The part of a recipe that the composer can restore. */
export type RestorableRecipe = {
  prompt: string;
  aspectRatio?: AspectRatio | null | undefined;
  /** Absent if the provider did not use it. */
  seed?: number | null | undefined;
};

type DraftActions = {
  setText: (text: string) => void;
  change: (changes: Partial<Choices>) => void;
  /** Puts a recipe into the composer, ready to be sent again unchanged or changed. */
  restoreRecipe: (recipe: RestorableRecipe) => void;
};

const { references: _references, ...choices } = savedChoices;

export const useDraft = create<DraftState & DraftActions>((set, get) => ({
  text: savedText,
  ...choices,
  restored: 0,
  setText(text) {
    saveText(text);
    set({ text });
  },
  change(changes) {
    saveChoices(changes);
    set(changes);
  },
  restoreRecipe({ prompt, aspectRatio, seed }) {
    const { setText, change, restored } = get();
    setText(prompt);
    change({ mode: 'picture', aspectRatio: aspectRatio ?? null, count: 1, seed: seed ?? null });
    set({ restored: restored + 1 });
  },
}));
