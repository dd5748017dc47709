// Puts an earlier prompt into the composer. Undo restores the previous draft.

import type { TextMessage } from '../../../shared/domain/conversations';
import { type Draft, isEmptyDraft } from '../../../shared/domain/draft';
import type { Edit } from '../../../shared/domain/edits';
import { t } from '../../../shared/languages/translate';
import { toast } from '../../ui/toasts';
import { useEditor } from '../pictures/editor-store';
import { keptStyles } from './chosen-styles';
import { draftIn, type RestorableRecipe, useDraft } from './draft-store';
import { recipeOf, reopenDialog } from './question-recipe';

/**
 * Puts the text, choices and attached pictures of a question into the composer of its conversation, if that is still open.
 * A part of a picture to change stays behind, which a notice says.
 * For a picture that was changed without a prompt, reopens the dialog of the change.
 */
export async function reusePrompt(question: TextMessage): Promise<void> {
  const { text, conversationId } = question;
  const known = await recipeOf(question);
  if (!known) return;
  const { models, wordless, edit, ...recipe } = known;
  if (wordless) return reopenDialog(wordless);
  const styles = keptStyles(question.styles);
  const [first] = models;
  const asked = first ? { model: first, models } : {};
  // The user has meanwhile opened another conversation, whose draft must not change.
  if (useDraft.getState().conversationId !== conversationId) return;
  // Keeps the shape of the question.
  const followsPicture = recipe.aspectRatio === null;
  replaceDraft(() =>
    useDraft
      .getState()
      .changeIn(conversationId, { ...recipe, ...asked, followsPicture, text, styles, seed: null }),
  );
  focusComposer();
  const [imageId] = recipe.references;
  if (edit && imageId !== undefined) reportPart(edit, imageId);
}

/** Says that the composer takes no part of a picture, and offers the editor, where the user can mark it again. */
function reportPart({ mask }: Edit, imageId: string): void {
  const part = mask === undefined ? 'extended' : 'marked';
  toast(t('composer.part_left_out', { part, edit: t('chat.edit') }), {
    ofView: 'chat',
    action: { label: t('picture.edit_picture'), run: () => useEditor.getState().open(imageId) },
  });
}

/** Puts the recipe of a picture into the composer. Attached pictures stay, because the prompt may be meant for them. */
export function reuseRecipe(recipe: RestorableRecipe): void {
  replaceDraft(() => useDraft.getState().restoreRecipe(recipe));
}

type Replacement = {
  /** Absent: the open conversation. */
  conversationId?: string;
  /** Absent: reports that the text was replaced, if there was one. */
  notice?: string | undefined;
  /** Restores other changes. */
  onUndo?: () => void;
};

/** Changes the draft of a conversation, and offers to undo it. */
export function replaceDraft(
  replace: () => void,
  { conversationId = useDraft.getState().conversationId, notice, onUndo }: Replacement = {},
): void {
  const read = () => draftIn(useDraft.getState(), conversationId);
  const before = read();
  replace();
  const given = read();
  if (!before || !given || isSameMessage(before, given)) return;
  if (notice === undefined && isEmptyDraft(before)) return;
  toast(notice ?? t('composer.replaced'), {
    // The replaced text exists nowhere else.
    isLasting: before.text.trim() !== '',
    undo: {
      run() {
        bringBack(conversationId, before, given);
        onUndo?.();
      },
      undone: t('composer.text_back'),
      // Redo could not revert what `onUndo` has restored.
      again: onUndo ? null : () => replaceDraft(replace, { conversationId, notice }),
    },
  });
}

/** Restores a draft. Text that the user has written since the replacement is kept after it. */
function bringBack(conversationId: string, { questionId: _, ...before }: Draft, given: Draft): void {
  const { changeIn, putBack } = useDraft.getState();
  const now = draftIn(useDraft.getState(), conversationId);
  if (!now || isEmptyDraft(now) || isSameMessage(now, given)) changeIn(conversationId, before);
  else putBack({ ...before, questionId: now.questionId }, conversationId);
  focusComposer();
}

function isSameMessage(one: Draft, other: Draft): boolean {
  const facts = ({ text, references, styles }: Draft) => JSON.stringify([text, references, styles]);
  return facts(one) === facts(other);
}

/** Moves the focus into the composer. */
export function focusComposer(): void {
  useDraft.setState(({ arrived }) => ({ arrived: arrived + 1 }));
}
