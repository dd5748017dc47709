// The pictures that an action applies to: that of a message, one of the gallery, or the selection.

import type { Collection } from '../../shared/contract/collections';
import type { RecipeFacts } from '../../shared/contract/pictures';
import type { ChosenModel } from '../../shared/domain/chosen-model';
import type { PictureMessage } from '../../shared/domain/conversations';
import { changeHereModel } from '../../shared/domain/edits';
import { type GalleryImage, lacksFile } from '../../shared/domain/pictures';
import { importedProvider } from '../../shared/domain/read-recipe';
import { serviceOf } from '../../shared/domain/service-directory';
import type { UsedStyle } from '../../shared/domain/styles';
import { useChat } from '../state/chat/chat-store';
import {
  countRequested,
  hasNoPrompt,
  isThere,
  ownModelField,
  pictureBefore,
  pictureIdOf,
} from '../state/chat/messages';
import { fittingNegative, fittingSeed } from '../state/composer/foreign-recipe';
import {
  optionsOfGroup,
  optionsOfPicture,
  questionBefore,
  type RepeatableRecipe,
  referencesOfPicture,
  requestGroupAgain,
} from '../state/composer/request-pictures';
import { useGallery } from '../state/gallery/gallery-store';
import { hiddenUnder } from '../state/gallery/selection-store';
import { useOpenPicture } from '../state/pictures/open-picture';

/** The recipe of a target. The prompt may be empty. `seed`: null if not known yet, absent if the provider uses none. */
export type TargetRecipe = RepeatableRecipe & {
  /** Whether the prompt is a pattern. */
  isPattern?: boolean;
  /** For a pattern, the styles that it was sent with. */
  styles?: UsedStyle[];
  seed?: number | null | undefined;
  /** Whether the seed is larger than the services here support. `seed` is then null. */
  isSeedTooLarge?: true;
};

export type PictureTarget = {
  /** Called only when an action runs, because a selection may be large. */
  ids: () => string[];
  count: number;
  isSelection: boolean;
  /** The number of requested pictures, for all pictures of one request. `count` is the number of existing ones. */
  groupSize?: number | undefined;
  /** Whether the file of the picture is missing. */
  isMissing: boolean;
  /** Whether all of the pictures are gone, so that they can only be restored. */
  isGone?: boolean;
  /** Whether the picture is shown in the chat. */
  isInChat: boolean;
  /** For a picture in Trash, the actions that remove it from there. */
  trash?: { restore: () => void; deleteForGood: () => void } | undefined;
  /** Whether the picture is the open one of the lightbox. */
  isOpen: boolean;
  /** Returns the near duplicates under these pictures in the current view. */
  hidden?: (() => string[]) | undefined;
  /** Whether the gallery shows the stack that the picture is in. */
  isInStack?: boolean;
  /** The collection that the gallery shows. */
  collection?: Collection | undefined;
  /** The conversation of the picture; null if it no longer exists, absent if not known yet. */
  conversation?: { id: string; messageId: string } | null | undefined;
  /** Requests the pictures again, if they have different prompts or models. */
  again?: (() => void) | undefined;
  /** The recipe of a single picture. */
  recipe?: TargetRecipe;
  /** The model that made a single picture; absent if it was made elsewhere. */
  madeBy?: ChosenModel | undefined;
  /** Returns the picture to compare a single picture of the chat with; null if there is none. */
  before?: (() => { id: string; isOriginal: boolean } | null) | undefined;
  /** Returns the same target with facts that a tile of the gallery lacks. */
  withFacts?: (facts: RecipeFacts) => PictureTarget;
  /** Opens a single picture in the lightbox. */
  open?: (() => void) | undefined;
  /** Closes the lightbox or the comparison, because the action navigates elsewhere or removes the picture. */
  leave?: ((why: 'elsewhere' | 'gone') => void) | undefined;
  /** Shows the picture in its place again, after its deletion was undone. */
  comeBack?: (() => void) | undefined;
  /** Called after the pictures were added to a collection. */
  onCollected?: (() => void) | undefined;
};

const one = { count: 1, isSelection: false, isMissing: false, isInChat: false, isOpen: false };

export function targetOfMessage(message: PictureMessage): PictureTarget {
  const id = pictureIdOf(message);
  return {
    ...one,
    ids: () => [id],
    isInChat: true,
    isMissing: lacksFile(message.image?.state),
    isGone: areGone([message]),
    recipe: recipeOf(message),
    madeBy: { serviceId: message.provider, model: message.model },
    before: () => pictureBefore(message, useChat.getState()),
    open: () => useOpenPicture.getState().show(id),
  };
}

/** A picture that is attached to a draft. */
export function targetOfAttached(imageId: string, isGone: boolean): PictureTarget {
  return { ...one, ids: () => [imageId], isGone };
}

/** @param messages the pictures of one request. */
export function targetOfGroup(messages: readonly PictureMessage[]): PictureTarget {
  const ids = messages.filter(isThere).map(pictureIdOf);
  const [first] = messages;
  return {
    ...one,
    ids: () => ids,
    count: ids.length,
    isSelection: true,
    isInChat: true,
    isGone: areGone(messages),
    groupSize: countRequested(messages),
    ...(first?.tile && { again: () => void requestGroupAgain(messages) }),
    ...(first && { recipe: { ...recipeOfGroup(first, messages), ...patternOf(messages), seed: undefined } }),
  };
}

function recipeOfGroup(first: PictureMessage, messages: readonly PictureMessage[]): TargetRecipe {
  const options = optionsOfGroup(messages);
  return { ...recipeOf(first), options, negativePrompt: options.negativePrompt };
}

/** Returns the pattern of a request's prompts, if its message is loaded. */
function patternOf([first]: readonly PictureMessage[]):
  | Pick<TargetRecipe, 'prompt' | 'isPattern' | 'styles'>
  | undefined {
  const question = first?.tile?.words && questionBefore(first.id);
  return question && { prompt: question.text, isPattern: true, styles: question.styles ?? [] };
}

/** Returns whether all pictures were made, and none exists any more. */
function areGone(messages: readonly PictureMessage[]): boolean {
  return messages.every((message) => message.status === 'ready' && !isThere(message));
}

function recipeOf(message: PictureMessage): TargetRecipe {
  const { prompt, provider, params } = message;
  const { aspectRatio, edit, seed } = params;
  // The seed has no effect on a picture that was changed without a prompt.
  const takesSeed = serviceOf(provider).takesSeed && !hasNoPrompt(message);
  return {
    id: pictureIdOf(message),
    prompt,
    aspectRatio,
    references: referencesOfPicture(params),
    edit,
    options: optionsOfPicture(params),
    negativePrompt: params.negativePrompt,
    ...(!hasNoPrompt(message) && ownModelField(message)),
    ...(takesSeed && { seed }),
  };
}

type ImageOptions = Pick<PictureTarget, 'collection' | 'hidden' | 'open' | 'leave' | 'comeBack' | 'trash'> & {
  /** Null until they are loaded. */
  facts?: RecipeFacts | null;
  isOpen?: boolean;
};

export function targetOfImage(image: GalleryImage, options: ImageOptions = {}): PictureTarget {
  const { facts = null, isOpen = false, ...rest } = options;
  const { id, prompt, aspectRatio, provider } = image;
  const isImported = provider === importedProvider;
  const isOwn = image.model !== changeHereModel && !facts?.params?.upscale;
  const takesSeed = !isImported && serviceOf(provider).takesSeed && isOwn;
  const references = facts?.params ? referencesOfPicture(facts.params) : undefined;
  const edit = facts?.params?.edit;
  const seed = facts ? facts.params?.seed : null;
  return {
    ...one,
    // Only the gallery shows stacks. Elsewhere an action applies to the single picture.
    hidden: () => (useGallery.getState().isOpen ? hiddenUnder(id) : []),
    ...rest,
    ids: () => [id],
    isInStack: isInOpenStack(),
    isOpen,
    isMissing: lacksFile(image.state),
    conversation: facts ? facts.conversation : undefined,
    ...(!isImported && { madeBy: { serviceId: provider, model: image.model } }),
    withFacts: (known) => targetOfImage(image, { ...options, facts: known }),
    recipe: {
      ...{ id, prompt, aspectRatio, references, edit },
      ...(facts?.params && { options: optionsOfPicture(facts.params) }),
      negativePrompt: facts?.params?.negativePrompt ?? fittingNegative(facts?.imported?.negativePrompt),
      ...(takesSeed && { seed }),
      ...(isImported && foreignSeed(facts)),
    },
  };
}

/** Returns whether the gallery is on screen, with the pictures of one stack. */
function isInOpenStack(): boolean {
  const { isOpen, query } = useGallery.getState();
  return isOpen && query.stackOf !== null;
}

/** Returns the seed of an imported picture, if the services here support it. Other tools allow larger ones. */
function foreignSeed(facts: RecipeFacts | null): Pick<TargetRecipe, 'seed' | 'isSeedTooLarge'> {
  const foreign = facts?.imported?.seed;
  if (foreign === undefined) return {};
  const seed = fittingSeed(foreign);
  return { seed, ...(seed === null && { isSeedTooLarge: true }) };
}

/** @param ids returns the pictures when an action runs. */
export function targetOfSelection(
  ids: () => string[],
  count: number,
  options: Pick<PictureTarget, 'collection' | 'onCollected' | 'hidden'> = {},
): PictureTarget {
  return { ...one, ...options, ids, count, isSelection: true };
}

/** Returns whether all of the pictures that the gallery has read are favourites. */
export function areFavourites(ids: readonly string[]): boolean {
  const { tiles } = useGallery.getState();
  return ids.length > 0 && ids.every((id) => tiles.get(id)?.favourite ?? false);
}
