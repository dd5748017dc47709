// From the main process's events to the stores, in one place.
import { useChat } from './chat/chat-store';
import { useGallery } from './gallery/gallery-store';
import { on } from './ipc';
import { useNotices } from './notices/notice-store';

export function listen(): void {
  on('message:updated', (message) => useChat.getState().receive(message));
  on('conversation:updated', (conversation) => useChat.getState().receiveConversation(conversation));
  on('app:notice', (state) => useNotices.getState().receive(state));
  on('gallery:added', (images) => void useGallery.getState().add(images));
  on('gallery:changed', (images) => useGallery.getState().change(images));
  on('gallery:removed', (ids) => useGallery.getState().remove(ids));
}
