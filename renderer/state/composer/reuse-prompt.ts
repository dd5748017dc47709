// Puts a question of the conversation into the composer again.
import type { TextMessage } from '../../../shared/domain/conversations';
import { toast } from '../../ui/toasts';
import { draftOf, isEmptyDraft, useDraft } from './draft-store';
import { recipeOf } from './question-recipe';

/** Puts text, choices and attached pictures into the composer. What was there comes back by Undo. */
export async function reusePrompt(question: TextMessage): Promise<void> {
  const recipe = await recipeOf(question);
  const before = draftOf(useDraft.getState());
  useDraft.setState({ ...recipe, text: question.text, seed: null });
  focusComposer();
  if (isEmptyDraft(before)) return;
  const { questionId: _, ...written } = before;
  toast('The text in the composer was replaced.', {
    action: {
      label: 'Undo',
      run: () => {
        useDraft.setState(written);
        focusComposer();
      },
    },
  });
}

/** Moves the focus into the composer. */
export function focusComposer(): void {
  useDraft.setState(({ arrived }) => ({ arrived: arrived + 1 }));
}
