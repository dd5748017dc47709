// The context menu of a conversation in the list.
import { AppWindow, Images, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import type { Conversation } from '../../../shared/domain/conversations';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { useGallery } from '../../state/gallery/gallery-store';
import { showView } from '../../state/navigation';
import { openInNewWindow } from '../../state/windows';
import type { MenuItem } from '../../ui/Menu';
import { useChatList } from './chat-list-store';

export function conversationMenu({ id, pinned }: Conversation): MenuItem[][] {
  const { pin, remove } = useChat.getState();
  return [
    [
      {
        name: 'window',
        icon: AppWindow,
        label: t('sidebar.open_window'),
        shortcut: 'Mod+Enter',
        isEnabled: true,
        run: () => void openInNewWindow({ kind: 'chat', conversationId: id }),
      },
    ],
    [
      {
        name: 'rename',
        icon: Pencil,
        label: t('sidebar.rename'),
        shortcut: 'F2',
        isEnabled: true,
        run: () => useChatList.getState().rename(id),
      },
      {
        name: 'pin',
        icon: pinned ? PinOff : Pin,
        label: t(pinned ? 'sidebar.unpin' : 'sidebar.pin'),
        isEnabled: true,
        run: () => void pin(id, !pinned),
      },
      {
        name: 'pictures',
        icon: Images,
        label: t('sidebar.show_pictures'),
        isEnabled: true,
        run() {
          useGallery.getState().setQuery({ ...everyPicture, conversationId: id });
          showView('gallery');
        },
      },
    ],
    [
      {
        name: 'delete',
        icon: Trash2,
        label: t('sidebar.delete'),
        shortcut: 'Delete',
        isEnabled: true,
        run: () => void remove(id),
      },
    ],
  ];
}
