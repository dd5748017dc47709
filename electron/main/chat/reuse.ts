// The prompt cache: a picture of the gallery answers where it was made from the same recipe.
import type { PictureMessage } from '../../../shared/domain/conversations';
import type { SoughtRecipe } from '../db/reusable-pictures';
import type { ChatContext } from './chat-context';
import { settleReused } from './settle';

/**
 * Answers the placeholders of one request from the gallery, as far as it can and the settings allow: after their
 * reply, so that the placeholder comes first as ever. Killed before a row is written, it is still `pending`, and
 * start-up has its picture made as if there were none.
 *
 * @returns the ids of the messages that have their picture now.
 */
export function reuse(context: ChatContext, placeholders: readonly PictureMessage[]): Set<string> {
  const answered = new Set<string>();
  const shown = new Set<string>();
  for (const message of placeholders) {
    try {
      const pictureId = findInGallery(context, message, shown);
      if (pictureId === undefined || !settleReused(context, message, pictureId)) continue;
      answered.add(message.id);
      shown.add(pictureId);
    } catch (error) {
      // On a full disk, say. Its job waits in the queue until its row can be written.
      console.error(`Message ${message.id} could not be answered from the gallery:`, error);
    }
  }
  return answered;
}

/**
 * @param shown what the request has already: its next picture is another one.
 * @returns the id of the picture that answers a recipe, where one does and the settings allow it.
 */
export function findInGallery(
  { store, hasFile }: ChatContext,
  recipe: SoughtRecipe,
  shown: ReadonlySet<string> = new Set(),
): string | undefined {
  const { reusePictures } = store.settings.read();
  const withSeed = recipe.params.seedChosen === true;
  if (reusePictures === 'never' || (reusePictures === 'same-seed' && !withSeed)) return undefined;
  return store.reusablePictures.find(recipe, withSeed).find(({ id, file }) => !shown.has(id) && hasFile(file))
    ?.id;
}
