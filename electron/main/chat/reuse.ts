// The prompt cache: answers a request with a picture of the gallery that was made from the same recipe.
import type { PictureMessage } from '../../../shared/domain/conversations';
import type { ReadStore } from '../db/open';
import type { SoughtRecipe } from '../db/reusable-pictures';
import type { ChatContext } from './chat-context';
import { settleReused } from './settle';

/**
 * Answers the placeholders of one request from the gallery, as far as possible and as the settings allow. Runs after
 * the reply, so that the placeholder always appears first. A message whose row was not written before a crash is still
 * `pending`, and start-up has its picture made.
 *
 * @returns the ids of the messages that have their picture now.
 */
export function reuseFromGallery(context: ChatContext, placeholders: readonly PictureMessage[]): Set<string> {
  const answered = new Set<string>();
  const shown = new Set<string>();
  for (const message of placeholders) {
    try {
      const pictureId = findInGallery(context, message, shown);
      if (pictureId === undefined || !settleReused(context, message, pictureId)) continue;
      answered.add(message.id);
      shown.add(pictureId);
    } catch (error) {
      // For example on a full disk. The job then waits in the queue until its row can be written.
      console.error(`Message ${message.id} could not be answered from the gallery:`, error);
    }
  }
  return answered;
}

/**
 * @param shown pictures that the request already has, so that it gets each one only once.
 * @returns the id of the picture that answers a recipe, if there is one and the settings allow it.
 */
export function findInGallery(
  { store, hasFile }: Pick<ChatContext, 'hasFile'> & { store: ReadStore },
  recipe: SoughtRecipe,
  shown: ReadonlySet<string> = new Set(),
): string | undefined {
  const { reusePictures } = store.settings.read();
  const withSeed = recipe.params.seedChosen === true;
  if (reusePictures === 'never' || (reusePictures === 'same-seed' && !withSeed)) return undefined;
  return store.reusablePictures.find(recipe, withSeed).find(({ id, file }) => !shown.has(id) && hasFile(file))
    ?.id;
}
