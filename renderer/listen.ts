// From the main process's events to the stores, in one place.
import { useChat } from './chat/chat-store';
import { useCollections } from './gallery/collections/collections-store';
import { useExport } from './gallery/export/export-store';
import { useGallery } from './gallery/gallery-store';
import { useSearch } from './gallery/search/search-store';
import { useSelection } from './gallery/selection/selection-store';
import { on } from './ipc';
import { useNotices } from './notices/notice-store';

export function listen(): void {
  on('message:updated', (message) => useChat.getState().receive(message));
  on('conversation:updated', (conversation) => useChat.getState().receiveConversation(conversation));
  on('app:notice', (state) => useNotices.getState().receive(state));
  on('gallery:added', (images) => {
    void useGallery.getState().add(images);
    recount();
  });
  on('export:progress', (progress) => useExport.setState({ progress }));
  on('gallery:changed', (images) => useGallery.getState().change(images));
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
