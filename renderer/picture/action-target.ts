// The pictures that an action applies to: one message's, one of the gallery, or the selection.

import type { Collection } from '../../shared/contract/collections';
import type { RecipeFacts } from '../../shared/contract/pictures';
import type { PictureMessage } from '../../shared/domain/conversations';
import type { GalleryImage } from '../../shared/domain/pictures';
import { serviceOf } from '../../shared/domain/service-directory';
import { pictureIdOf } from '../state/chat/messages';
import type { RestorableRecipe } from '../state/composer/draft-store';
import { useGallery } from '../state/gallery/gallery-store';

export type PictureTarget = {
  /** Called when an action runs: a selection may be large. */
  ids: () => string[];
  areFavourites: () => boolean;
  isSelection: boolean;
  /** The collection that the gallery shows. */
  collection?: Collection | undefined;
  /** The message that shows the picture, in the chat. */
  message?: PictureMessage;
  /** Where the picture was made, if that conversation exists. */
  conversation?: { id: string; messageId: string } | undefined;
  /** What the picture was made from. */
  recipe?: RestorableRecipe;
  /** Whether its provider makes the same picture again from the same seed. */
  takesSeed: boolean;
};

export function targetOfMessage(message: PictureMessage): PictureTarget {
  const { prompt, params, provider } = message;
  const ids = () => [pictureIdOf(message)];
  return {
    ids,
    areFavourites: () => areFavourites(ids()),
    isSelection: false,
    message,
    recipe: { prompt, aspectRatio: params.aspectRatio, seed: params.seed },
    takesSeed: serviceOf(provider).takesSeed,
  };
}

export function targetOfImage(
  { id, prompt, aspectRatio, favourite }: GalleryImage,
  facts: RecipeFacts | null = null,
  collection?: Collection,
): PictureTarget {
  return {
    ids: () => [id],
    areFavourites: () => favourite,
    isSelection: false,
    collection,
    conversation: facts?.conversation ?? undefined,
    recipe: { prompt, aspectRatio },
    takesSeed: false,
  };
}

/** @param ids returns the pictures when an action runs. */
export function targetOfIds(ids: () => string[], collection?: Collection): PictureTarget {
  return {
    ids,
    areFavourites: () => areFavourites(ids()),
    isSelection: true,
    collection,
    takesSeed: false,
  };
}

/** Returns whether all pictures are favourites, as far as the gallery has read them. */
function areFavourites(ids: readonly string[]): boolean {
  const { tiles } = useGallery.getState();
  return ids.every((id) => tiles.get(id)?.favourite ?? true);
}
