// The pictures that a global command, such as one of the command palette, applies to.
import { useChat } from '../state/chat/chat-store';
import { isThere } from '../state/chat/messages';
import { useGallery } from '../state/gallery/gallery-store';
import {
  hiddenUnderSelected,
  selectedCounts,
  selectedInOrder,
  useSelection,
} from '../state/gallery/selection-store';
import { placeInComparison } from '../state/pictures/compare-store';
import { type PictureTarget, targetOfImage, targetOfMessage, targetOfSelection } from './action-target';
import { openTargets } from './lightbox/open-targets';

/**
 * Returns the open picture, the focused one, or the gallery's selection; null if there is none. `offeredSections` has the
 * actions for the result.
 *
 * @param element the focused element. Call this before the focus moves.
 */
export function currentTarget(element: Element | null = document.activeElement): PictureTarget | null {
  return (
    openPicture(element) ?? comparedPicture(element) ?? chatPicture(element) ?? tile(element) ?? selection()
  );
}

function openPicture(element: Element | null): PictureTarget | null {
  const dialog = element?.closest('[data-open-picture]');
  return (dialog && openTargets.get(dialog)?.()) ?? null;
}

function comparedPicture(element: Element | null): PictureTarget | null {
  const image = imageOf(element?.closest('[data-pane]')?.getAttribute('data-pane'));
  return image && targetOfImage(image, placeInComparison(image.id));
}

function chatPicture(element: Element | null): PictureTarget | null {
  const id = element?.closest('[data-message-id]')?.getAttribute('data-message-id');
  const message = id == null ? undefined : useChat.getState().messages[id];
  return message?.kind === 'image' && isThere(message) ? targetOfMessage(message) : null;
}

function tile(element: Element | null): PictureTarget | null {
  const focused = element?.closest<HTMLElement>('[role="gridcell"][data-image-id]');
  const image = imageOf(focused?.getAttribute('data-image-id'));
  if (!focused || !image) return null;
  const { ids } = useSelection.getState();
  if (ids.has(image.id)) return selection();
  // While other pictures are selected, a click would select this one.
  return targetOfImage(image, { open: ids.size > 0 ? undefined : () => focused.click() });
}

function selection(): PictureTarget | null {
  const { ids, clear } = useSelection.getState();
  // The selection outlasts the gallery's view, but is not visible in other views.
  if (ids.size === 0 || !useGallery.getState().isOpen) return null;
  return targetOfSelection(selectedInOrder, selectedCounts().pictures, {
    ...{ hidden: hiddenUnderSelected, onCollected: clear },
  });
}

function imageOf(id: string | null | undefined) {
  return id == null ? null : (useGallery.getState().tiles.get(id) ?? null);
}
