// The draft: what the user is writing, how its pictures are made, and the pictures attached to it.
import { v7 as newId } from 'uuid';
import { create } from 'zustand';
import { maxReferences } from '../../../shared/domain/conversations';
import type { Draft, DraftChoices } from '../../../shared/domain/draft';
import type { AspectRatio } from '../../../shared/domain/models';
import { toast } from '../../ui/toasts';

export type DraftState = Draft & {
  /** Number of restored recipes and attached pictures. Each one moves the focus into the composer. */
  arrived: number;
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
  change: (changes: Partial<Omit<DraftChoices, 'references'>>) => void;
  /** Puts a recipe into the composer, ready to be sent again unchanged or changed. */
  restoreRecipe: (recipe: RestorableRecipe) => void;
  /** Attaches a picture. The first one is the one to edit. */
  attach: (imageId: string) => void;
  detach: (imageId: string) => void;
  /** Returns the draft, which is about to be sent, and begins another one with the same choices. */
  take: () => Draft;
  /** Makes a draft the current one again, and keeps what the user has written meanwhile. */
  putBack: (draft: Draft) => void;
};

const emptyDraft: Omit<Draft, 'questionId'> = {
  text: '',
  mode: 'auto',
  model: null,
  options: {},
  aspectRatio: null,
  count: 1,
  seed: null,
  references: [],
};

export const useDraft = create<DraftState & DraftActions>((set, get) => ({
  ...emptyDraft,
  questionId: newId(),
  arrived: 0,
  setText(text) {
    set({ text });
  },
  change(changes) {
    set(changes);
  },
  restoreRecipe({ prompt, aspectRatio, seed }) {
    const choices = {
      mode: 'picture',
      aspectRatio: aspectRatio ?? null,
      count: 1,
      seed: seed ?? null,
    } as const;
    set(({ arrived }) => ({ text: prompt, ...choices, arrived: arrived + 1 }));
  },
  attach(imageId) {
    const { references, arrived } = get();
    if (references.length >= maxReferences && !references.includes(imageId)) {
      return toast(`A message can have at most ${maxReferences} pictures.`, { tone: 'problem' });
    }
    set({ references: [...references.filter((id) => id !== imageId), imageId], arrived: arrived + 1 });
  },
  detach(imageId) {
    set(({ references }) => ({ references: references.filter((id) => id !== imageId) }));
  },
  take() {
    const draft = draftOf(get());
    set({ text: '', references: [], questionId: newId() });
    return draft;
  },
  putBack(draft) {
    const attached = new Set([...draft.references, ...get().references]);
    if (attached.size > maxReferences) {
      toast(`A message can have at most ${maxReferences} pictures. The last ones were removed.`, {
        tone: 'problem',
      });
    }
    set(({ text }) => ({
      ...draft,
      text: text === '' ? draft.text : `${draft.text}\n${text}`,
      references: [...attached].slice(0, maxReferences),
    }));
  },
}));

/** Returns whether there is nothing to send or to keep: choices belong to a text or to attached pictures. */
export function isEmptyDraft({ text, references }: Pick<Draft, 'text' | 'references'>): boolean {
  return text.trim() === '' && references.length === 0;
}

/** Picks the draft's own fields from the state. */
export function draftOf(state: Draft): Draft {
  const { questionId, text, mode, model, options, aspectRatio, count, seed, references } = state;
  return { questionId, text, mode, model, options, aspectRatio, count, seed, references };
}
