// Brings a picture or its recipe into the composer, or sends it again as it is.
import type { PictureMessage } from '../../../shared/domain/conversations';
import { toast } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { showView } from '../navigation';
import { type RestorableRecipe, useDraft } from './draft-store';
import { useReferences } from './references-store';

/** Restores a recipe in the composer, ready to be sent unchanged or changed. */
export function askAgain(recipe: RestorableRecipe): void {
  useDraft.getState().restoreRecipe(recipe);
  showView('chat');
}

/** Attaches a picture to the draft, to be edited or looked at. */
export function attachReference(imageId: string): void {
  useReferences.getState().attach(imageId);
  showView('chat');
}

/** Requests the same prompt and shape again, with a random seed, from the provider and not from the gallery. */
export async function makeAnother({ prompt, params }: PictureMessage): Promise<void> {
  const { aspectRatio, references } = params;
  const draft = { text: prompt, mode: 'picture', aspectRatio, count: 1, fresh: true } as const;
  const problem = await useChat.getState().send(references ? { ...draft, references } : draft);
  if (problem) toast(problem.message, { tone: 'problem' });
}
