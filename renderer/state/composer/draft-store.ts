// The drafts of all conversations: their texts, choices and attached pictures.

import { v7 as newId } from 'uuid';
import { create } from 'zustand';
import { type Draft, type DraftChoices, isEmptyDraft } from '../../../shared/domain/draft';
import { type AspectRatio, maxReferences } from '../../../shared/domain/models';
import type { ChosenStyle } from '../../../shared/domain/styles';
import { t } from '../../../shared/languages/translate';
import { toast } from '../../ui/toasts';

/** The draft of the open conversation, field by field, and those of the others. */
export type DraftState = Draft & {
  /** The open conversation. */
  conversationId: string;
  others: Readonly<Record<string, Draft>>;
  /** The last text that the user has not typed: from an earlier run, another conversation, or an earlier message. */
  given: string;
  /** Number of restored recipes and attached pictures. Each one moves the focus into the composer. */
  arrived: number;
};

/** The part of a recipe that the composer can restore. */
export type RestorableRecipe = {
  prompt: string;
  /** Whether the prompt is a pattern. */
  isPattern?: boolean | undefined;
  aspectRatio?: AspectRatio | null | undefined;
  /** Absent if the provider did not use it. */
  seed?: number | null | undefined;
  /** Only for a pattern as it was typed, because a picture's own prompt already includes its styles. */
  styles?: ChosenStyle[] | undefined;
  /** Absent: the composer's negative prompt stays. */
  negativePrompt?: string | undefined;
};

type DraftActions = {
  /** Sets the drafts that were saved in the last run. */
  start: (drafts: Readonly<Record<string, Draft>>, conversationId: string) => void;
  /** Shows the draft of a conversation in the composer. The previous one stays with its conversation. */
  show: (conversationId: string) => void;
  setText: (text: string) => void;
  /** Shows an earlier text, which the user has not typed now. */
  recall: (text: string) => void;
  change: (changes: Partial<Omit<DraftChoices, 'references'>>) => void;
  /** Puts a recipe into the composer, where the user can change and send it. */
  restoreRecipe: (recipe: RestorableRecipe) => void;
  /** Attaches a picture. The first one is the one to edit. @param conversationId the open one, if missing. */
  attach: (imageId: string, conversationId?: string) => void;
  detach: (imageId: string) => void;
  /** Changes the draft of a conversation, open or not. */
  changeIn: (conversationId: string, changes: Partial<Draft>) => void;
  /**
   * Applies a draft from another window. A draft that the user is writing in this window takes precedence.
   *
   * @param draft null: there is none any more.
   */
  receive: (conversationId: string, draft: Draft | null) => void;
  /** Returns the draft, which is about to be sent, and starts a new one with the same choices. */
  take: () => Draft;
  /** Restores a draft in its conversation, and keeps text that the user has written there in the meantime. */
  putBack: (draft: Draft, conversationId: string) => void;
};

const emptyDraft: Omit<Draft, 'questionId'> = {
  text: '',
  mode: 'auto',
  model: null,
  models: [],
  options: {},
  styles: [],
  aspectRatio: null,
  followsPicture: true,
  count: 1,
  seed: null,
  references: [],
};

function newDraft(): Draft {
  return { ...emptyDraft, questionId: newId() };
}

export const useDraft = create<DraftState & DraftActions>((set, get) => {
  /** Changes the draft of a conversation, whether it is open or not. */
  function update(conversationId: string, change: (draft: Draft) => Draft): void {
    const { others } = get();
    if (conversationId === get().conversationId) set(change(draftOf(get())));
    else {
      const changed = change(others[conversationId] ?? newDraft());
      set({ others: { ...others, [conversationId]: changed } });
    }
  }

  return {
    ...newDraft(),
    conversationId: '',
    others: {},
    given: '',
    arrived: 0,
    start(drafts, conversationId) {
      const { [conversationId]: shown = newDraft(), ...others } = drafts;
      set({ ...shown, conversationId, others, given: shown.text });
    },
    show(conversationId) {
      const { conversationId: left, others } = get();
      if (conversationId === left) return;
      const { [conversationId]: shown = newDraft(), ...rest } = others;
      set({ ...shown, conversationId, others: { ...rest, [left]: draftOf(get()) }, given: shown.text });
    },
    setText(text) {
      set({ text });
    },
    recall(text) {
      set({ text, given: text });
    },
    change(changes) {
      // A single model replaces several.
      set(changes.model === undefined ? changes : { models: [], ...changes });
    },
    restoreRecipe({ prompt, aspectRatio, seed, styles = [], negativePrompt }) {
      const choices = {
        mode: 'picture',
        aspectRatio: aspectRatio ?? null,
        followsPicture: aspectRatio == null,
        count: 1,
        seed: seed ?? null,
        styles,
      } as const;
      set(({ arrived, options }) => ({
        ...{ text: prompt, ...choices, arrived: arrived + 1 },
        ...(negativePrompt !== undefined && { options: { ...options, negativePrompt } }),
      }));
    },
    attach(imageId, conversationId = get().conversationId) {
      const { references } = draftIn(get(), conversationId) ?? emptyDraft;
      // A picture that is already attached keeps its place, and thus its use.
      const isNew = !references.includes(imageId);
      if (isNew && references.length >= maxReferences) {
        return toast(t('composer.at_most_pictures', { max: maxReferences }), {
          ...{ tone: 'problem', ofView: 'chat' },
        });
      }
      if (isNew) {
        update(conversationId, (draft) => ({
          ...draft,
          references: [...references, imageId],
          // An earlier choice of the shape was not made for this picture.
          followsPicture: draft.followsPicture || references.length === 0,
        }));
      }
      set(({ arrived }) => ({ arrived: arrived + 1 }));
    },
    detach(imageId) {
      set(({ references }) => ({ references: references.filter((id) => id !== imageId) }));
    },
    changeIn(conversationId, changes) {
      update(conversationId, (draft) => ({ ...draft, ...changes }));
      // The user has not typed this text.
      if (changes.text !== undefined && conversationId === get().conversationId) set({ given: changes.text });
    },
    receive(conversationId, draft) {
      const { conversationId: openId, others, text, given, questionId, references } = get();
      if (conversationId !== openId) {
        const { [conversationId]: _before, ...rest } = others;
        return set({ others: draft ? { ...rest, [conversationId]: draft } : rest });
      }
      // Only the window that shows a conversation edits its draft. A late change from another window, such as a picture that
      // was still being attached, is added.
      if (!draft) return;
      const isUntouched = text === given || draft.questionId !== questionId;
      if (isUntouched) set({ ...draft, given: draft.text });
      else set({ references: [...new Set([...references, ...draft.references])].slice(0, maxReferences) });
    },
    take() {
      const draft = draftOf(get());
      set({ text: '', given: '', references: [], questionId: newId() });
      return draft;
    },
    putBack(draft, conversationId) {
      update(conversationId, (written) => joined(draft, written));
    },
  };
});

/** Returns a draft that could not be sent, followed by the text that was written since. */
function joined(draft: Draft, { text, references }: Draft): Draft {
  const attached = new Set([...draft.references, ...references]);
  if (attached.size > maxReferences) {
    toast(t('composer.last_pictures_removed', { max: maxReferences }), {
      tone: 'problem',
    });
  }
  return {
    ...draft,
    text: text === '' ? draft.text : `${draft.text}\n${text}`,
    references: [...attached].slice(0, maxReferences),
  };
}

/** Picks the draft's own fields from the state. */
export function draftOf(state: Draft): Draft {
  const { questionId, text, mode, model, models, options, styles, ...rest } = state;
  const { aspectRatio, followsPicture, count, seed, references } = rest;
  return {
    ...{ questionId, text, mode, model, models, options, styles },
    ...{ aspectRatio, followsPicture, count, seed, references },
  };
}

/** Returns the draft of a conversation; undefined if there never was one. */
export function draftIn(state: DraftState, conversationId: string): Draft | undefined {
  return conversationId === state.conversationId ? draftOf(state) : state.others[conversationId];
}

/** Returns whether a conversation that is not open has an unsent message. */
export function hasHiddenDraft({ others }: DraftState, conversationId: string): boolean {
  const draft = others[conversationId];
  return draft !== undefined && !isEmptyDraft(draft);
}
