// Shows a picture from which another was made.
import { toast } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { useGone } from './gone-pictures';
import { useOpenPicture } from './open-picture';

/** Goes to the picture's message, or opens the picture if it is in no chat, such as an imported photo. */
export function showSource(imageId: string): Promise<void> {
  return useChat.getState().showMessage(imageId, async (problem) => {
    if (await useGone.getState().ask(imageId)) useOpenPicture.getState().show(imageId);
    else toast(problem, { tone: 'problem' });
  });
}
