// The questions that the user is editing. They stay while their messages are out of sight and not loaded.

import { v7 as newId } from 'uuid';
import { create } from 'zustand';
import type { TextMessage } from '../../../../shared/domain/conversations';
import { useChat } from '../../../state/chat/chat-store';
import { askedFields } from '../../../state/composer/asked-fields';
import { chosenFields } from '../../../state/composer/chosen-provider';
import { stylesField } from '../../../state/composer/chosen-styles';
import { type QuestionRecipe, ratioFor, recipeOf } from '../../../state/composer/question-recipe';
import { toast } from '../../../ui/toasts';

export type Editing = {
  /** The id of the new version, so that sending it twice sends one. */
  questionId: string;
  text: string;
  recipe: QuestionRecipe;
  isSending: boolean;
};

type EditState = {
  /** By the id of the message. */
  editing: Readonly<Record<string, Editing>>;
  begin: (message: TextMessage) => Promise<void>;
  change: (messageId: string, changes: Partial<Editing>) => void;
  end: (messageId: string) => void;
  /** Sends the new version. @returns whether it was sent; if not, the text stays and a notice says why. */
  send: (message: TextMessage) => Promise<boolean>;
};

export const useEdits = create<EditState>()((set, get) => ({
  editing: {},

  async begin(message) {
    if (get().editing[message.id]) return;
    const recipe = await recipeOf(message);
    const started = { questionId: newId(), text: message.text, recipe, isSending: false };
    set(({ editing }) => ({ editing: { ...editing, [message.id]: started } }));
  },

  change(messageId, changes) {
    const known = get().editing[messageId];
    if (known) set(({ editing }) => ({ editing: { ...editing, [messageId]: { ...known, ...changes } } }));
  },

  end(messageId) {
    set(({ editing: { [messageId]: _, ...others } }) => ({ editing: others }));
  },

  async send({ id, text: before }) {
    const { change, end } = get();
    const edit = get().editing[id];
    if (!edit || edit.isSending) return false;
    change(id, { isSending: true });
    const { questionId, text, recipe } = edit;
    const problem = await useChat.getState().send({
      ...{ questionId, text, aspectRatio: ratioFor(recipe) },
      ...{ edits: id, isDraft: false, ...chosenFields() },
      ...askedFields({ text, mode: recipe.mode, count: recipe.count }, recipe.models),
      ...stylesField(recipe.styles),
      // Who sends the same text again wants another answer, and not the same one from the gallery.
      fresh: text.trim() === before.trim(),
      ...(recipe.references.length > 0 && { references: recipe.references }),
      ...(recipe.references.length > 0 && recipe.edit && { edit: recipe.edit }),
    });
    if (!problem) {
      end(id);
      return true;
    }
    // What was sent before keeps its id, and the changed text becomes a version of its own.
    change(id, { isSending: false, ...(problem.code === 'sent_otherwise' && { questionId: newId() }) });
    toast(problem.message, { tone: 'problem' });
    return false;
  },
}));
