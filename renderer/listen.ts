// From the main process's events to the stores, in one place.
import { useChat } from './chat/chat-store';
import { useProgress } from './chat/progress';
import { fulfil } from './desktop/desktop';
import { useCollections } from './gallery/collections/collections-store';
import { useExport } from './gallery/export/export-store';
import { useGallery } from './gallery/gallery-store';
import { useSearch } from './gallery/search/search-store';
import { useSelection } from './gallery/selection/selection-store';
import { useImport } from './import/import-store';
import { on } from './ipc';
import { useNotices } from './notices/notice-store';
import { useSettings } from './settings/settings-store';
import { useUsage } from './usage/usage-store';

export function listen(): void {
  on('message:updated', (message) => {
    useChat.getState().receive(message);
    // Limits and costs follow from pictures alone.
    if (message.kind === 'image') useUsage.getState().refreshSoon();
  });
  on('message:text', ({ id, text }) => useChat.getState().receiveText(id, text));
  on('message:progress', (progress) => useProgress.getState().receive(progress));
  on('messages:added', (messages) => useChat.getState().receiveAdded(messages));
  on('conversation:updated', (conversation) => useChat.getState().receiveConversation(conversation));
  on('provider:changed', (provider) => useSettings.getState().receiveProvider(provider));
  on('app:notice', (state) => useNotices.getState().receive(state));
  on('gallery:added', (images) => {
    void useGallery.getState().add(images);
    recount();
  });
  on('export:progress', (progress) => useExport.setState({ progress }));
  on('gallery:changed', (images) => useGallery.getState().change(images));
  on('import:progress', (progress) => useImport.getState().receive(progress));
  on('gallery:removed', (ids) => useGallery.getState().remove(ids));
  on('desktop:asked', fulfil);
  on('gallery:removed', (ids) => {
    useGallery.getState().remove(ids);
    useSelection.getState().forget(ids);
    recount();
  });
}

function recount(): void {
  useCollections.getState().refresh();
  void useSearch.getState().countFor(useGallery.getState().query);
}
