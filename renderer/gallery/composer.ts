// From a picture in the gallery to the composer of the chat.
import { type RestorableRecipe, restoreRecipe } from '../chat/draft';
import { show } from '../navigation';

/** The prompt and shape wait in the composer, to be sent as they are or changed. */
export function askAgain(recipe: RestorableRecipe): void {
  restoreRecipe(recipe);
  show('chat');
}

/** How a picture goes along with what is being written; null while the composer takes none. */
export const attachReference: ((imageId: string) => void) | null = null;
