// Whether pictures can go with a prompt: the user's are refused where they can't, before anything is changed.
import { type Failure, failure } from '../../../shared/domain/errors';
import type { ChatContext } from './chat-context';
import { referencesOf } from './placeholders';

/**
 * @param model that is to take them.
 * @returns why these pictures cannot go with a prompt; null where they can.
 */
export function problemWith(
  context: ChatContext,
  references: readonly string[],
  model: string,
): Failure | null {
  if (references.length === 0) return null;
  const most = referencesOf(model);
  if (most === 0) return failure('no_references');
  if (references.length > most) return failure('too_many_references');
  return references.every((id) => isThere(context, id)) ? null : failure('reference_gone');
}

/**
 * @returns whether a picture can go with a prompt: not one in Trash, nor one whose file is missing. One that was just
 *   made may not be in the gallery yet.
 */
export function isThere({ store }: Pick<ChatContext, 'store'>, imageId: string): boolean {
  const message = store.messages.find(imageId);
  const image = message?.kind === 'image' ? message.image : null;
  if (image) return image.state === undefined;
  const inGallery = store.userImages.find(imageId);
  return inGallery !== undefined && inGallery.state === undefined;
}
