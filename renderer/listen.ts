// From the main process's events to the stores, in one place.
import { useChat } from './chat/chat-store';
import { useGallery } from './gallery/gallery-store';
import { useImport } from './import/import-store';
import { on } from './ipc';
import { useNotices } from './notices/notice-store';
import { useSettings } from './settings/settings-store';
import { useUpdates } from './updates/updates-store';
import { useUsage } from './usage/usage-store';

export function listen(): void {
  on('message:updated', (message) => {
    useChat.getState().receive(message);
    // Limits and costs follow from pictures alone.
    if (message.kind === 'image') useUsage.getState().refreshSoon();
  });
  on('conversation:updated', (conversation) => useChat.getState().receiveConversation(conversation));
  on('provider:changed', (provider) => useSettings.getState().receiveProvider(provider));
  on('app:notice', (state) => useNotices.getState().receive(state));
  on('gallery:added', (images) => useGallery.getState().add(images));
  on('gallery:changed', (images) => useGallery.getState().change(images));
  on('import:progress', (progress) => useImport.getState().receive(progress));
  on('updates:changed', (updates) => useUpdates.getState().receive(updates));
  on('gallery:removed', (ids) => useGallery.getState().remove(ids));
}
