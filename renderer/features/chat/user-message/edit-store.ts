// The questions that the user is editing. Edits persist while their messages are not loaded, and across restarts of the app,
// until they are sent or left.

import { v7 as newId } from 'uuid';
import { create } from 'zustand';
import type { AppStart } from '../../../../shared/contract/app';
import type { TextMessage } from '../../../../shared/domain/conversations';
import { type Draft, draftSchema } from '../../../../shared/domain/draft';
import { t } from '../../../../shared/languages/translate';
import { request } from '../../../ipc';
import { type QuestionRecipe, recipeOf, reopenDialog } from '../../../state/composer/question-recipe';
import { createDraftSaver, type DraftSaver, flushOnLeave } from '../../../state/composer/save-draft';
import { type QuestionVersion, sendVersion } from '../../../state/composer/send-version';
import { toast } from '../../../ui/toasts';

export type Editing = QuestionVersion & {
  isSending: boolean;
  /** The values of the message itself, so that an edit without a change is not kept. */
  original: Pick<Editing, 'text' | 'recipe'>;
  /** Whether the edit began in an earlier run or in another window, so that it does not take the focus. */
  isRestored: boolean;
};

type EditState = {
  /** By the id of the message. */
  editing: Readonly<Record<string, Editing>>;
  /** Saved edits whose messages have not been shown since. By the id of the message. */
  kept: Readonly<Record<string, Draft>>;
  /** Sets the edits that were saved in the last run. */
  start: (kept: Readonly<Record<string, Draft>>) => void;
  /** Applies an edit from another window. @param draft null: it was sent or left. */
  receive: (messageId: string, draft: Draft | null) => void;
  /** @param isRestored see `Editing`. */
  begin: (message: TextMessage, isRestored?: boolean) => Promise<void>;
  change: (messageId: string, changes: Partial<Editing>) => void;
  end: (messageId: string) => void;
  /** Ends an edit without sending it. Undo restores the changes. */
  leave: (messageId: string) => void;
  /** Sends the new version. @returns whether it was sent. If not, the text stays and a notice explains why. */
  send: (message: TextMessage) => Promise<boolean>;
};

export const useEdits = create<EditState>()((set, get) => ({
  editing: {},

  kept: {},

  start(kept) {
    set({ kept });
  },

  receive(messageId, draft) {
    const { editing, kept } = get();
    // An edit that is open in this window takes precedence.
    if (editing[messageId]) return;
    const { [messageId]: _, ...others } = kept;
    set({ kept: draft ? { ...others, [messageId]: draft } : others });
  },

  async begin(message, isRestored = false) {
    const { id, text } = message;
    if (get().editing[id]) return;
    const recipe = await recipeOf(message);
    if (!recipe) return;
    if (recipe.wordless) return reopenDialog(recipe.wordless);
    const { editing, kept } = get();
    if (editing[id]) return;
    const original = { text, recipe };
    const { [id]: known, ...others } = kept;
    const changed = known ? editOf(known, recipe) : { questionId: newId(), ...original };
    const begun = { ...changed, original, isRestored, isSending: false };
    set({ editing: { ...editing, [id]: begun }, kept: others });
  },

  change(messageId, changes) {
    const known = get().editing[messageId];
    if (known) set(({ editing }) => ({ editing: { ...editing, [messageId]: { ...known, ...changes } } }));
  },

  end(messageId) {
    set(({ editing: { [messageId]: _, ...others } }) => ({ editing: others }));
  },

  leave(messageId) {
    const left = get().editing[messageId];
    get().end(messageId);
    if (!left || !isChanged(left)) return;
    const restore = () => set(({ editing }) => ({ editing: { [messageId]: left, ...editing } }));
    toast(t('editor.discarded'), {
      undo: { run: restore, undone: t('editor.changes_back'), again: () => get().leave(messageId) },
    });
  },

  async send(message) {
    const edit = get().editing[message.id];
    if (!edit || edit.isSending) return false;
    get().change(message.id, { isSending: true });
    return editSaverOf(message.id).whileSending(() => sendEdited(message, edit));
  },
}));

/** Sends the edit of a message. @returns whether it was sent. */
async function sendEdited(message: TextMessage, edit: Editing): Promise<boolean> {
  const { change, end } = useEdits.getState();
  const { id } = message;
  const problem = await sendVersion(message, edit);
  if (!problem) {
    end(id);
    return true;
  }
  // The version that was already sent keeps its id, and the changed text gets a new one.
  change(id, { isSending: false, ...(problem.code === 'sent_otherwise' && { questionId: newId() }) });
  toast(problem.message, { tone: 'problem' });
  return false;
}

/** Returns whether the edit differs from the message. */
export function isChanged({ text, recipe, original }: Editing): boolean {
  return text !== original.text || JSON.stringify(recipe) !== JSON.stringify(original.recipe);
}

/** Returns the draft to save for an edit, without the part to change, which the message has. */
export function draftOfEdit({ questionId, text, recipe }: Editing): Draft {
  const { mode, aspectRatio, count, models, references, styles = [] } = recipe;
  return {
    ...{ questionId, text, mode, aspectRatio, count, models, references, styles },
    ...{ model: null, options: {}, seed: null, followsPicture: false },
  };
}

/** @param recipe the message's own. */
function editOf(
  { questionId, text, mode, aspectRatio, count, models, references, styles }: Draft,
  recipe: QuestionRecipe,
): Pick<Editing, 'questionId' | 'text' | 'recipe'> {
  const used = styles.map(({ isKept: _, ...style }) => style);
  const choices = { ...recipe, mode, aspectRatio, count, models, references };
  return { questionId, text, recipe: recipe.styles ? { ...choices, styles: used } : choices };
}

const savers = new Map<string, DraftSaver>();

/** Returns the saver for the edit of a message. */
function editSaverOf(messageId: string): DraftSaver {
  const known = savers.get(messageId);
  if (known) return known;
  const saver = createDraftSaver({
    read() {
      const { editing, kept } = useEdits.getState();
      const edit = editing[messageId];
      return edit ? (isChanged(edit) ? draftOfEdit(edit) : null) : (kept[messageId] ?? null);
    },
    async save(draft) {
      // A text that is too long is not stored. The field shows that it is too long.
      if (draft && !draftSchema.safeParse(draft).success) return true;
      return (await request('drafts:set-edit', { messageId, draft })).ok;
    },
  });
  savers.set(messageId, saver);
  return saver;
}

/** Restores the edits of the last run, and saves changes from now on. */
export function startEdits({ edits }: AppStart): void {
  useEdits.getState().start(edits);
  for (const [messageId, draft] of Object.entries(edits)) editSaverOf(messageId).start(draft);
  useEdits.subscribe(({ editing }, { editing: before }) => {
    for (const id of new Set([...Object.keys(editing), ...Object.keys(before)])) {
      if (editing[id] !== before[id]) editSaverOf(id).changed();
    }
  });
  flushOnLeave((isLast) => {
    for (const saver of savers.values()) void saver.flush(isLast);
  });
}

/** Applies an edit from another window. @param draft null: it was sent or left. */
export function receiveEdit(messageId: string, draft: Draft | null): void {
  if (useEdits.getState().editing[messageId]) return;
  editSaverOf(messageId).received(draft);
  useEdits.getState().receive(messageId, draft);
}
