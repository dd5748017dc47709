// Brings a picture, or its recipe, into the chat's composer.
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
