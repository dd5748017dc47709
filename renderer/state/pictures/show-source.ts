// Shows a picture from which another was made.
import { toast } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { useGallery } from '../gallery/gallery-store';
import { useOpenPicture } from './open-picture';

/** Goes to the picture's message, or opens the picture if it is in no chat, as an own photo. */
export function showSource(imageId: string): Promise<void> {
  return useChat.getState().showMessage(imageId, async (problem) => {
    await useGallery.getState().describe([imageId]);
    if (useGallery.getState().tiles.has(imageId)) useOpenPicture.getState().show(imageId);
    else toast(problem, { tone: 'problem' });
  });
}
