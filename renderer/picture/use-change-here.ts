// Applies a local edit to a picture: in the chat as a message with its answer, in the gallery beside its original.
import { useRef, useState } from 'react';
import { v7 as newId } from 'uuid';
import { changedSize, changeHereModel, type LocalEdit } from '../../shared/domain/edits';
import { nearestAspectRatio } from '../../shared/domain/nearest-aspect-ratio';
import type { GalleryImage } from '../../shared/domain/pictures';
import { builtInService } from '../../shared/domain/services';
import { t } from '../../shared/languages/translate';
import { request } from '../ipc';
import { sendWordless } from '../state/composer/send-edit';
import { useView } from '../state/navigation';
import { deletePicture } from '../state/pictures/picture-actions';
import { closeDialogs } from '../ui/dialogs';
import { toast } from '../ui/toasts';
import { changeMessage } from './change-text';

const thisComputer = { serviceId: builtInService('painter').id, model: changeHereModel };

/**
 * Returns a function that makes a changed picture and returns whether it succeeded, and whether one is being made. Closes the
 * dialogs after a success. After a failure they stay open.
 *
 * @param onMade shows a picture that is not in the chat.
 */
export function useChangeHere(
  image: Pick<GalleryImage, 'id' | 'width' | 'height'>,
  onMade: (imageId: string) => void,
): { isMaking: boolean; change: (change: LocalEdit) => Promise<boolean> } {
  const [isMaking, setMaking] = useState(false);
  /** The same id until the picture was made, so that a second press makes no second picture. */
  const newImageId = useRef(newId());

  async function change(wanted: LocalEdit): Promise<boolean> {
    setMaking(true);
    const isInChat = useView.getState().view === 'chat';
    return (isInChat ? askInChat(wanted) : makeInGallery(wanted)).finally(() => setMaking(false));
  }

  async function askInChat(wanted: LocalEdit): Promise<boolean> {
    const isSent = await sendWordless(image.id, {
      ...{ text: changeMessage(wanted), model: thisComputer, change: wanted },
      shape: nearestAspectRatio(changedSize(image, wanted) ?? image),
    });
    if (isSent) closeDialogs();
    return isSent;
  }

  async function makeInGallery(wanted: LocalEdit): Promise<boolean> {
    const input = { imageId: image.id, newImageId: newImageId.current, change: wanted };
    const reply = await request('edits:change-here', input);
    if (!reply.ok) {
      newImageId.current = newId();
      toast(reply.message, { tone: 'problem' });
      return false;
    }
    const { id } = reply.value;
    closeDialogs();
    onMade(id);
    toast(t('picture.changed_in_gallery'), {
      about: [id],
      undo: { run: () => deletePicture(id), undone: null, again: null },
    });
    return true;
  }

  return { isMaking, change };
}
