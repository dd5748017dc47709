// What the user is writing, and how it is to be made. It is theirs: a restart does not lose it.
import { create } from 'zustand';
import type { DraftChoices } from '../../../shared/domain/draft';
import type { AspectRatio } from '../../../shared/domain/models';
import { keepChoices, keepText, keptChoices, keptText } from './saved-draft';

type Choices = Omit<DraftChoices, 'references'>;

export type DraftState = Choices & {
  text: string;
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
  change: (changes: Partial<Choices>) => void;
};

const { references: _kept, ...choices } = keptChoices;

export const useDraft = create<DraftState & DraftActions>((set) => ({
  text: keptText,
  ...choices,
  restored: 0,
  setText(text) {
    keepText(text);
    set({ text });
  },
  change(changes) {
    keepChoices(changes);
    set(changes);
  },
}));

/** Puts a recipe into the composer, ready to be sent again as it was or changed. */
export function restoreRecipe({ prompt, aspectRatio, seed }: RestorableRecipe): void {
  const { setText, change, restored } = useDraft.getState();
  setText(prompt);
  change({ mode: 'picture', aspectRatio: aspectRatio ?? null, count: 1, seed: seed ?? null });
  useDraft.setState({ restored: restored + 1 });
}
