// What can be done with pictures, listed once for every place that offers it: name, icon, key and condition.
import {
  Copy,
  Download,
  FolderMinus,
  FolderOpen,
  Heart,
  ImagePlus,
  type LucideIcon,
  Maximize2,
  MessageSquare,
  RefreshCw,
  RotateCw,
  Sprout,
  Trash2,
} from 'lucide-react';
import { useChat } from '../state/chat/chat-store';
import { removeFromCollection, setFavourite } from '../state/collections/collection-actions';
import { askAgain, attachReference, makeAnother } from '../state/composer/composer-actions';
import { deletePictures } from '../state/pictures/bulk-actions';
import { useOpenPicture } from '../state/pictures/open-picture';
import { copyText, saveCopy, showInFolder } from '../state/pictures/picture-actions';
import type { PictureTarget } from './action-target';

export type PictureAction = {
  icon: LucideIcon;
  label: string | ((target: PictureTarget) => string);
  /** The value of `KeyboardEvent.key` that runs the action on the focused or open picture. */
  key?: string;
  /** Whether the action is offered at all. Always, if missing. */
  isOffered?: (target: PictureTarget) => boolean;
  /** Whether the offered action can run now. Always, if missing. */
  isEnabled?: (target: PictureTarget) => boolean;
  /** The lightbox closes first, because the action leads elsewhere or removes the picture. */
  closesLightbox?: true;
  run: (target: PictureTarget) => void;
};

export type PictureActionName =
  | 'open'
  | 'favourite'
  | 'removeFromCollection'
  | 'makeAnother'
  | 'useSeed'
  | 'attach'
  | 'askAgain'
  | 'showInChat'
  | 'copyPrompt'
  | 'showInFolder'
  | 'saveCopy'
  | 'delete';

export const pictureActions: Record<PictureActionName, PictureAction> = {
  open: {
    icon: Maximize2,
    label: 'Open',
    isOffered: ({ message }) => message !== undefined,
    run: ({ ids }) => useOpenPicture.getState().show(ids()[0] ?? null),
  },
  favourite: {
    icon: Heart,
    label: ({ isSelection }) => (isSelection ? 'Favourite the selected' : 'Favourite'),
    key: 'f',
    run: ({ ids, areFavourites }) => void setFavourite(ids(), !areFavourites()),
  },
  removeFromCollection: {
    icon: FolderMinus,
    label: ({ collection }) => `Remove from ${collection?.name}`,
    isOffered: ({ collection }) => collection !== undefined,
    closesLightbox: true,
    run: ({ ids, collection }) => collection && void removeFromCollection(collection, ids()),
  },
  makeAnother: {
    icon: RefreshCw,
    label: 'Make another',
    isOffered: ({ message }) => message !== undefined && message.reusedId === undefined,
    run: ({ message }) => message && void makeAnother(message),
  },
  useSeed: {
    icon: Sprout,
    label: 'Use this seed',
    isOffered: ({ takesSeed }) => takesSeed,
    run: ({ recipe }) => recipe && askAgain(recipe),
  },
  attach: {
    icon: ImagePlus,
    label: ({ message }) => (message ? 'Edit with words' : 'Use as reference'),
    closesLightbox: true,
    run: forEach(attachReference),
  },
  askAgain: {
    icon: RotateCw,
    label: 'Same prompt again',
    closesLightbox: true,
    run: ({ recipe }) => recipe && askAgain({ ...recipe, seed: null }),
  },
  showInChat: {
    icon: MessageSquare,
    label: 'Show in chat',
    isEnabled: ({ conversation }) => conversation !== undefined,
    closesLightbox: true,
    run: ({ conversation }) =>
      conversation && void useChat.getState().openAt(conversation.id, conversation.messageId),
  },
  copyPrompt: {
    icon: Copy,
    label: 'Copy the prompt',
    run: ({ recipe }) => recipe && void copyText(recipe.prompt),
  },
  showInFolder: {
    icon: FolderOpen,
    label: 'Show in folder',
    run: forEach(showInFolder),
  },
  saveCopy: {
    icon: Download,
    label: 'Save a copy',
    run: forEach(saveCopy),
  },
  delete: {
    icon: Trash2,
    label: ({ isSelection }) => (isSelection ? 'Delete the selected' : 'Delete'),
    key: 'Delete',
    closesLightbox: true,
    run: ({ ids }) => void deletePictures(ids()),
  },
};

/** Returns the action that a key runs on a picture, if any. */
export function actionForKey(key: string): PictureAction | undefined {
  return Object.values(pictureActions).find((action) => action.key === key);
}

function forEach(run: (imageId: string) => unknown): PictureAction['run'] {
  return ({ ids }) => {
    for (const id of ids()) void run(id);
  };
}
