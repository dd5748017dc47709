// The shortcut for copying in the empty message field: copies the picture above it, because there is no text to copy.
import type { KeyboardEvent } from 'react';
import { useChat } from '../../state/chat/chat-store';
import type { LoadedRange } from '../../state/chat/loaded-range';
import { isThere, pictureIdOf } from '../../state/chat/messages';
import { useDraft } from '../../state/composer/draft-store';
import { copyPicture } from '../../state/pictures/picture-actions';
import { matchesShortcut } from '../../ui/shortcut';

export type PictureAbove = {
  imageId: string;
  /** The message with the picture; null if it is attached to the draft. */
  messageId: string | null;
};

/**
 * Returns the picture directly above an empty message field: the attached one, or else the newest of the chat. Returns null if
 * there are several, of which the user means one, or if the end of the chat is not loaded.
 */
export function pictureAbove(
  { order, messages, newer }: Pick<LoadedRange, 'order' | 'messages' | 'newer'>,
  references: readonly string[],
): PictureAbove | null {
  const [attached] = references;
  if (attached !== undefined) return references.length === 1 ? { imageId: attached, messageId: null } : null;
  const all = order.flatMap((id) => messages[id] ?? []);
  const last = newer > 0 ? undefined : all.at(-1);
  if (last?.kind !== 'image' || !isThere(last)) return null;
  const isAlone = !all.some(
    (other) => other !== last && other.kind === 'image' && other.groupId === last.groupId,
  );
  return isAlone ? { imageId: pictureIdOf(last), messageId: last.id } : null;
}

/** Copies the picture above the field if it is empty and nothing is selected. @returns whether it has handled the key. */
export function copyAbove(event: KeyboardEvent): boolean {
  const { text, references } = useDraft.getState();
  // Selected text elsewhere is what the user wants to copy.
  const isFree = text === '' && (getSelection()?.isCollapsed ?? true);
  if (!isFree || event.repeat || !matchesShortcut(event, 'Mod+C')) return false;
  const above = pictureAbove(useChat.getState(), references);
  if (!above || !isOnScreen(above)) return false;
  void copyPicture(above.imageId);
  return true;
}

/** Returns false if the user has scrolled away from the picture. */
function isOnScreen({ messageId }: PictureAbove): boolean {
  if (messageId === null) return true;
  const box = document.querySelector(`[data-message-id="${messageId}"]`)?.getBoundingClientRect();
  return box !== undefined && box.bottom > 0 && box.top < innerHeight;
}
