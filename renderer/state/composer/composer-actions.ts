// From a picture in the gallery to the composer of the chat.

import { show } from '../navigation';
import { type RestorableRecipe, restoreRecipe } from './draft-store';
import { useReferences } from './references-store';

/** The prompt and shape wait in the composer, to be sent as they are or changed. */
export function askAgain(recipe: RestorableRecipe): void {
  restoreRecipe(recipe);
  show('chat');
}

/** A picture goes along with what is being written: to be edited, or to be looked at. */
export function attachReference(imageId: string): void {
  useReferences.getState().attach(imageId);
  show('chat');
}
