// Actions that show where a picture belongs, or change where it belongs.
import { FolderMinus, FolderPlus, Heart, Layers, MessageSquare, ScanSearch, Unlink2 } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { removeFromCollection } from '../../state/collections/collection-actions';
import { useCollectionChoice } from '../../state/collections/collection-choice';
import { showSimilar } from '../../state/gallery/show-similar';
import { showStack, takeOutOfStack } from '../../state/gallery/stack-actions';
import { toggleFavourites } from '../../state/pictures/favourites';
import { areFavourites } from '../action-target';
import { forEach, hasFile, hidesOthers, isOne, type PictureAction } from './picture-action';

/** In the order of the menu. */
export const placeActions = {
  showInChat: {
    icon: MessageSquare,
    label: 'picture.show_in_chat',
    shortcut: 'C',
    isOffered: ({ isInChat, isSelection }) => !isInChat && !isSelection,
    isEnabled: ({ conversation }) => conversation !== null,
    leaves: 'elsewhere',
    run({ conversation, ids }) {
      const { openAt, showMessage } = useChat.getState();
      if (conversation) void openAt(conversation.id, conversation.messageId);
      // A picture has the id of its message.
      else for (const id of ids()) void showMessage(id);
    },
  },
  moreLikeThis: {
    icon: ScanSearch,
    label: 'picture.more_like_this',
    hint: 'picture.more_like_this_hint',
    shortcut: 'M',
    isOffered: isOne,
    isEnabled: hasFile,
    leaves: 'elsewhere',
    run: forEach(showSimilar),
  },
  showStack: {
    icon: Layers,
    label: 'picture.show_stack',
    hint: 'picture.show_stack_hint',
    shortcut: 'K',
    isOffered: (target) => isOne(target) && hidesOthers(target),
    leaves: 'elsewhere',
    run: forEach(showStack),
  },
  notDuplicate: {
    icon: Unlink2,
    label: 'picture.not_duplicate',
    hint: 'picture.not_duplicate_hint',
    isOffered: (target) => isOne(target) && target.isInStack === true,
    leaves: 'gone',
    run: forEach(takeOutOfStack),
  },
  favourite: {
    icon: Heart,
    label: 'picture.favourite',
    shortcut: 'F',
    isOn: ({ ids, count }) => count === 1 && areFavourites(ids()),
    run: ({ ids }) => void toggleFavourites(ids()),
  },
  addToCollection: {
    icon: FolderPlus,
    label: 'picture.add_to_collection',
    shortcut: 'L',
    run: ({ ids, onCollected }) => useCollectionChoice.getState().ask(ids(), onCollected),
  },
  removeFromCollection: {
    icon: FolderMinus,
    label: ({ collection }) => t('picture.remove_from', { collection: collection?.name ?? '' }),
    isOffered: ({ collection }) => collection !== undefined,
    leaves: 'gone',
    run: ({ ids, collection }) => collection && void removeFromCollection(collection, ids()),
  },
} satisfies Record<string, PictureAction>;
