// Puts a question of the conversation into the composer again.
import type { TextMessage } from '../../../shared/domain/conversations';
import { isEmptyDraft } from '../../../shared/domain/draft';
import { toast } from '../../ui/toasts';
import { draftOf, useDraft } from './draft-store';
import { recipeOf } from './question-recipe';

/** Puts text, choices and attached pictures into the composer. What was there comes back by Undo. */
export async function reusePrompt(question: TextMessage): Promise<void> {
  const recipe = await recipeOf(question);
  const { conversationId, ...state } = useDraft.getState();
  const before = draftOf(state);
  const { text } = question;
  useDraft.setState({ ...recipe, text, given: text, seed: null });
  focusComposer();
  if (isEmptyDraft(before)) return;
  const { questionId: _, ...written } = before;
  toast('The text in the composer was replaced.', {
    action: {
      label: 'Undo',
      run: () => {
        useDraft.getState().changeIn(conversationId, written);
        focusComposer();
      },
    },
  });
}

/** Moves the focus into the composer. */
export function focusComposer(): void {
  useDraft.setState(({ arrived }) => ({ arrived: arrived + 1 }));
}
