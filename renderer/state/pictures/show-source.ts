// Shows a picture from which another was made.
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { useGallery } from '../gallery/gallery-store';
import { useOpenPicture } from './open-picture';

/** Goes to the picture's message, or opens the picture if it is in no chat, as an own photo. */
export async function showSource(imageId: string): Promise<void> {
  const found = await request('messages:find', { messageId: imageId });
  if (found.ok) return useChat.getState().openAt(found.value.conversationId, imageId);
  await useGallery.getState().describe([imageId]);
  if (useGallery.getState().tiles.has(imageId)) useOpenPicture.getState().show(imageId);
  else toast(found.message, { tone: 'problem' });
}
