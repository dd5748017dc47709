// The prompt cache: answers a request with a gallery picture that was made from the same recipe.
import type { PictureMessage } from '../../../shared/domain/conversations';
import type { ReadStore } from '../db/open';
import type { SoughtRecipe } from '../db/reusable-pictures';
import type { ChatContext } from './chat-context';
import { settleReused } from './settle';

/**
 * Answers the placeholders of one request from the gallery, as far as possible and as the settings allow. It uses one
 * transaction, because a second search for only some of them could return a picture that the request already has.
 * Runs after the reply, so that the placeholder always appears first. After a crash, rows that were not written are
 * still `pending`, and the next start searches again.
 *
 * @returns the ids of the messages that now have their picture.
 * @throws what the database throws, such as on a full disk. Then none is answered, and none may be requested from a
 * provider.
 */
export function reuseFromGallery(
  context: ChatContext,
  placeholders: readonly PictureMessage[],
): ReadonlySet<string> {
  const shown = new Set<string>();
  const answers = placeholders.flatMap((message) => {
    const pictureId = findInGallery(context, message, shown);
    if (pictureId === undefined) return [];
    shown.add(pictureId);
    return [{ message, pictureId }];
  });
  return answers.length === 0 ? shown : settleReused(context, answers);
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
