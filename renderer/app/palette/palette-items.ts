// The entries of the palette that the main process does not need to find.

import { Folder, Image, Images, MessageSquare, SearchCheck, SlidersHorizontal, Text } from 'lucide-react';
import type { FoundMessage } from '../../../shared/contract/chat';
import { commandIds, commandKeywords, commandName, keysOf } from '../../../shared/domain/commands';
import type { Conversation } from '../../../shared/domain/conversations';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { t } from '../../../shared/languages/translate';
import { useLinkedPicture } from '../../features/desktop/linked-picture-store';
import { useSearch } from '../../features/gallery/search/search-store';
import { useChatList } from '../../features/sidebar/chat-list-store';
import type { PictureTarget } from '../../picture/action-target';
import { currentTarget } from '../../picture/current-target';
import { offeredSections } from '../../picture/offered-actions';
import { useChat } from '../../state/chat/chat-store';
import { useCollections } from '../../state/collections/collections-store';
import { useGallery } from '../../state/gallery/gallery-store';
import type { FoundPicture } from '../../state/gallery/use-found-pictures';
import { showView } from '../../state/navigation';
import { openSettings } from '../../state/settings/open-settings';
import { settingsEntries } from '../../state/settings/settings-sections';
import { formatDay } from '../../ui/format';
import { isMac } from '../../ui/shortcut';
import { commandList } from '../commands/command-list';
import { modelItems } from './model-items';
import type { PaletteItem } from './palette-item';
import { styleItems } from './style-items';

/** @param opener the element that had the focus before the palette. */
export function paletteItems(opener: Element | null): PaletteItem[] {
  return [
    ...pictureItems(currentTarget(opener)),
    ...commandItems(),
    ...modelItems(),
    ...styleItems(),
    ...collectionItems(),
    ...settingItems(),
  ];
}

function settingItems(): PaletteItem[] {
  return settingsEntries.map(({ id, label, section, also }) => ({
    id: `setting ${id}`,
    group: 'settings',
    name: t(label),
    icon: SlidersHorizontal,
    keywords: [t('app.palette_keywords_setting'), also && t(also)].filter(Boolean).join(' '),
    leads: true,
    run: () => openSettings(section, id),
  }));
}

export function chatItem(conversation: Conversation): PaletteItem {
  const { id, title } = conversation;
  return {
    id: `chat ${id}`,
    group: 'chats',
    name: title,
    icon: MessageSquare,
    isCurrent: useChat.getState().currentId === id,
    leads: true,
    run() {
      void useChatList.getState().open(conversation);
    },
  };
}

export function messageItem({ id, conversation, excerpt }: FoundMessage): PaletteItem {
  return {
    id: `message ${id}`,
    group: 'messages',
    name: excerpt,
    detail: conversation.title,
    icon: Text,
    leads: true,
    isFound: true,
    run() {
      const { receiveConversation, openAt } = useChat.getState();
      receiveConversation(conversation);
      void openAt(conversation.id, id);
    },
  };
}

/** The pictures that a text finds, and a way to all of them. */
export function foundPictureItems(pictures: readonly FoundPicture[], text: string): PaletteItem[] {
  if (pictures.length === 0) return [];
  return [
    ...pictures.map(
      ({ id, prompt, createdAt }): PaletteItem => ({
        id: `found ${id}`,
        group: 'pictures',
        name: prompt,
        detail: formatDay(createdAt),
        icon: Image,
        thumbnail: id,
        leads: true,
        isFound: true,
        run: () => useLinkedPicture.getState().show(id),
      }),
    ),
    {
      id: 'found all',
      group: 'pictures',
      name: t('app.palette_all_pictures'),
      icon: Images,
      leads: true,
      isFound: true,
      run() {
        useGallery.getState().setQuery(useSearch.getState().withText(everyPicture, text));
        showView('gallery');
      },
    },
  ];
}

function commandItems(): PaletteItem[] {
  return commandIds.flatMap((id): PaletteItem[] => {
    const { icon, group, isOffered, leads, run } = commandList[id];
    if (group === 'hidden' || (isOffered && !isOffered())) return [];
    const shown = group === 'view' ? 'views' : 'actions';
    return [
      {
        keys: keysOf(id, isMac),
        id,
        group: shown,
        name: commandName(id),
        keywords: commandKeywords(id),
        icon,
        run,
        ...(leads && { leads }),
      },
    ];
  });
}

/** Returns every available picture action, so that a new one appears here automatically. */
function pictureItems(target: PictureTarget | null): PaletteItem[] {
  if (!target) return [];
  return offeredSections(target)
    .flat()
    .filter(({ isEnabled }) => isEnabled)
    .map(({ name, icon, label, shortcut, run }) => ({
      id: `picture ${name}`,
      group: 'picture',
      name: label,
      icon,
      keywords: t('app.palette_keywords_picture'),
      ...(shortcut !== undefined && { keys: [shortcut] }),
      run,
    }));
}

function collectionItems(): PaletteItem[] {
  const { collections, favourites } = useCollections.getState().list;
  const open = (query: Parameters<ReturnType<typeof useGallery.getState>['setQuery']>[0]) => () => {
    useGallery.getState().setQuery(query);
    showView('gallery');
  };
  return [
    {
      id: 'collection favourites',
      group: 'collections',
      name: t('app.palette_favourites'),
      detail: t('app.palette_pictures', { count: favourites }),
      icon: commandList.gallery.icon,
      leads: true,
      run: open({ ...everyPicture, favourites: true }),
    },
    ...collections.map(
      ({ id, name, query, count, isMore }): PaletteItem => ({
        id: `collection ${id}`,
        group: 'collections',
        name,
        detail: t(query === null || !isMore ? 'app.palette_pictures' : 'app.palette_more_pictures', {
          count,
        }),
        icon: query === null ? Folder : SearchCheck,
        keywords: t('app.palette_keywords_collection'),
        leads: true,
        run: open(query ?? { ...everyPicture, collectionId: id }),
      }),
    ),
  ];
}
