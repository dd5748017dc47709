// The pictures that the palette's actions apply to: the one that fills the window, the selected ones, or the focused one.
import { type PictureTarget, targetOfIds, targetOfImage, targetOfMessage } from '../../picture/action-target';
import { useChat } from '../../state/chat/chat-store';
import { useCollections } from '../../state/collections/collections-store';
import { useGallery } from '../../state/gallery/gallery-store';
import { isSelectingAll, selectedInOrder, useSelection } from '../../state/gallery/selection-store';
import { useView } from '../../state/navigation';
import { useShownPicture } from '../../state/pictures/shown-picture';

export type CurrentPictures = {
  target: PictureTarget;
  /** Closes the lightbox that shows the picture, if one does. */
  close: () => void;
};

/** @param opener the element that had the focus before the palette. */
export function currentPictures(opener: Element | null): CurrentPictures | null {
  const stay = () => {};
  const { shown } = useShownPicture.getState();
  const { tiles, query } = useGallery.getState();
  const collection = useCollections
    .getState()
    .list.collections.find((each) => each.id === query.collectionId);
  const imageTarget = (id: string | null | undefined) => {
    const image = id == null ? undefined : tiles.get(id);
    return image && targetOfImage(image, null, collection);
  };
  if (shown) {
    const target = imageTarget(shown.imageId);
    return target ? { target, close: shown.close } : null;
  }
  const { view } = useView.getState();
  const selection = useSelection.getState();
  if (view === 'gallery' && selection.ids.size > 0) {
    if (isSelectingAll(selection)) return null;
    return { target: targetOfIds(selectedInOrder, collection), close: stay };
  }
  const target =
    imageTarget(opener?.closest('[data-image-id]')?.getAttribute('data-image-id')) ?? messageTarget(opener);
  return target ? { target, close: stay } : null;
}

function messageTarget(opener: Element | null): PictureTarget | null {
  const id = opener?.closest('[data-message-id]')?.getAttribute('data-message-id');
  const message = id == null ? undefined : useChat.getState().messages[id];
  return message?.kind === 'image' && message.image ? targetOfMessage(message) : null;
}
