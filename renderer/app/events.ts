// Passes the main process's events to the stores.

import { t } from '../../shared/languages/translate';
import { receiveEdit } from '../features/chat/user-message/edit-store';
import { useSearch } from '../features/gallery/search/search-store';
import { useImport } from '../features/import/import-store';
import { useProxyLogin } from '../features/network/proxy-login-store';
import { useNotices } from '../features/notices/notice-store';
import { useCovers } from '../features/sidebar/covers-store';
import { useTrash } from '../features/trash/trash-store';
import { on } from '../ipc';
import { useChat } from '../state/chat/chat-store';
import { useProgress } from '../state/chat/progress-store';
import { useCollections } from '../state/collections/collections-store';
import { receiveDraft } from '../state/composer/keep-draft';
import { acceptIntoEmptyDraft } from '../state/composer/suggestion-actions';
import { useSuggestions } from '../state/composer/suggestions-store';
import { useEngine } from '../state/engine/engine-store';
import { useFolders } from '../state/folders-store';
import { useGallery } from '../state/gallery/gallery-store';
import { useSelection } from '../state/gallery/selection-store';
import { useView } from '../state/navigation';
import { useExport } from '../state/pictures/export-store';
import { useGone } from '../state/pictures/gone-pictures';
import { useProviders } from '../state/settings/providers-store';
import { useServices } from '../state/settings/services-store';
import { useSettings } from '../state/settings/settings-store';
import { useStyles } from '../state/styles/styles-store';
import { useUpdates } from '../state/updates/updates-store';
import { useUsage } from '../state/usage/usage-store';
import { useElsewhere } from '../state/windows';
import { toast } from '../ui/toasts';
import { handleDesktopRequest } from './desktop-requests';
import { showLanguage } from './in-language';

export function subscribeToEvents(): void {
  on('message:updated', (message) => {
    useChat.getState().receive(message);
    useCovers.getState().receive(message);
    // The picture is stored, or may be made again.
    if (message.status !== 'generating') useProgress.getState().forgetArrival(message.id);
    // Only pictures affect limits and costs.
    if (message.kind === 'image') useUsage.getState().refreshSoon();
  });
  on('message:text', ({ id, text }) => useChat.getState().receiveText(id, text));
  on('message:progress', (progress) => useProgress.getState().receive(progress));
  on('message:arrived', (arrival) => useProgress.getState().receiveArrival(arrival));
  on('messages:added', (messages) => useChat.getState().receiveAdded(messages));
  on('conversation:updated', (conversation) => useChat.getState().receiveConversation(conversation));
  on('windows:chats', ({ elsewhere }) => useElsewhere.setState({ ids: new Set(elsewhere) }));
  on('conversation:removed', ({ id, revision }) => {
    const isOpen = useChat.getState().currentId === id;
    useChat.getState().receiveRemoved(id, revision);
    if (isOpen) toast(t('app.removed_elsewhere'));
  });
  on('draft:changed', ({ conversationId, draft }) => receiveDraft(conversationId, draft));
  on('edit:changed', ({ messageId, draft }) => receiveEdit(messageId, draft));
  on('settings:changed', (settings) => useSettings.getState().receive(settings));
  on('collections:changed', () => {
    recount();
    const { query, load } = useGallery.getState();
    if (query.collectionId !== null) void load();
  });
  on('styles:changed', () => {
    if (useStyles.getState().isLoaded) void useStyles.getState().load();
  });
  on('suggestion:changed', (suggestion) => {
    useSuggestions.getState().receive(suggestion);
    acceptIntoEmptyDraft(suggestion);
  });
  on('suggestion:text', (event) => useSuggestions.getState().receiveText(event));
  on('trash:changed', () => {
    if (useTrash.getState().page) void useTrash.getState().load();
  });
  on('provider:changed', (provider) => {
    useSettings.getState().receiveProvider(provider);
    void useProviders.getState().readKeys();
  });
  on('services:changed', (list) => useServices.getState().receive(list));
  on('models:listed', ({ service, models }) => useProviders.getState().receiveModels(service, models));
  on('engine:changed', (status) => useEngine.getState().receive(status));
  on('proxy:asked', ({ question }) => useProxyLogin.getState().receive(question));
  on('app:language', ({ language }) => void showLanguage(language));
  on('app:notice', (state) => useNotices.getState().receive(state));
  on('folders:changed', (folders) => useFolders.getState().receive(folders));
  on('gallery:added', (images) => {
    void useGallery.getState().add(images);
    useGone.getState().receive(images);
    useCovers.getState().receiveAdded(images.map(({ id }) => id));
    recount();
    refreshTrash();
  });
  on('export:progress', (progress) => useExport.getState().receive(progress));
  on('gallery:changed', (images) => {
    useGallery.getState().change(images);
    useGone.getState().receive(images);
  });
  on('import:progress', (progress) => useImport.getState().receive(progress));
  on('updates:changed', (updates) => useUpdates.getState().receive(updates));
  on('gallery:unindexed', ({ left }) => useSearch.getState().receiveUnindexed(left));
  on('gallery:stacked', (ids) => {
    const { query, load, restack } = useGallery.getState();
    if (query.stackOf === null) void restack(ids);
    else void load();
  });
  on('gallery:unread', ({ left }) => useSearch.getState().receiveUnread(left));
  on('gallery:removed', (ids) => {
    useGallery.getState().remove(ids);
    useGone.getState().receiveRemoved(ids);
    useCovers.getState().forgetPictures(ids);
    useSelection.getState().forget(ids);
    recount();
    refreshTrash();
  });
  on('desktop:requested', handleDesktopRequest);
}

/** Undo, which is available in every view, can move pictures to Trash or back. */
function refreshTrash(): void {
  if (useView.getState().view === 'trash') void useTrash.getState().load();
}

function recount(): void {
  useCollections.getState().refresh();
  void useSearch.getState().read(useGallery.getState().query);
}
