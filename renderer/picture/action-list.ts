// What can be done with pictures, listed once for every place that offers it: name, icon, shortcut and condition.
import {
  Blend,
  Brush,
  ClipboardCopy,
  Columns2,
  Copy,
  Cpu,
  Download,
  FolderMinus,
  FolderOpen,
  FolderPlus,
  Heart,
  ImagePlus,
  Images,
  type LucideIcon,
  Maximize2,
  MessageSquare,
  Redo2,
  RefreshCw,
  Share,
  Sprout,
  Trash2,
} from 'lucide-react';
import { maxPictures, maxReferences } from '../../shared/domain/conversations';
import { request } from '../ipc';
import { useChat } from '../state/chat/chat-store';
import { removeFromCollection } from '../state/collections/collection-actions';
import { useCollectionChoice } from '../state/collections/collection-choice';
import {
  askAgain,
  attachReference,
  type RepeatableRecipe,
  requestAgain,
  requestNear,
  takesStrength,
} from '../state/composer/composer-actions';
import { openModelListFor } from '../state/models/model-list-request';
import { deletePictures } from '../state/pictures/bulk-actions';
import { maxCompared, useCompare } from '../state/pictures/compare-store';
import { useEditor } from '../state/pictures/editor-store';
import { toggleFavourites } from '../state/pictures/favourites';
import { copyPicture, copyText, sharePicture, showInFolder } from '../state/pictures/picture-actions';
import { savePictures } from '../state/pictures/save-pictures';
import { isMac, type Shortcut } from '../ui/shortcut';
import { areFavourites, type PictureTarget } from './action-target';

export type PictureAction = {
  icon: LucideIcon;
  label: string | ((target: PictureTarget) => string);
  /** Accessible name of its button, where a message beside the picture has a button of the same label. */
  buttonName?: string;
  /** Runs the action on the focused or open picture. */
  shortcut?: Shortcut;
  /** What the action does, where its name alone does not say it. */
  hint?: string | ((target: PictureTarget) => string);
  /** Whether the action is offered at all. Always, if missing. */
  isOffered?: (target: PictureTarget) => boolean;
  /** Whether the offered action can run now. Always, if missing. */
  isEnabled?: (target: PictureTarget) => boolean;
  /** The action needs the recipe alone, so it also runs while none of the pictures is there. */
  isOfRecipe?: true;
  /** For an action that switches something: whether it is on. */
  isOn?: (target: PictureTarget) => boolean;
  /** What shows the picture is left first, because the action leads elsewhere or removes the picture. */
  leaves?: 'elsewhere' | 'gone';
  run: (target: PictureTarget) => void;
};

const isOne = ({ count, groupSize }: PictureTarget) => count === 1 && groupSize === undefined;
const hasFile = ({ isMissing }: PictureTarget) => !isMissing;
const hasPrompt = ({ recipe }: PictureTarget) => recipe !== undefined && recipe.prompt.trim() !== '';

/** In the order of the menu. */
export const pictureActions = {
  open: {
    icon: Maximize2,
    label: 'Open',
    // Enter belongs to the focused button first, so the places themselves handle it.
    shortcut: 'Enter',
    isOffered: ({ open, isOpen }) => open !== undefined && !isOpen,
    run: ({ open }) => open?.(),
  },
  edit: {
    icon: Brush,
    label: 'Edit',
    buttonName: 'Edit picture',
    hint: 'Mark what should change, extend, crop or turn the picture',
    shortcut: 'E',
    isOffered: isOne,
    isEnabled: hasFile,
    run: forEach((imageId) => useEditor.getState().open(imageId)),
  },
  compare: {
    icon: Columns2,
    label: 'Compare',
    hint: `Compare 2 to ${maxCompared} pictures side by side`,
    isOffered: ({ isSelection }) => isSelection,
    isEnabled: ({ count }) => count >= 2 && count <= maxCompared,
    run: ({ ids }) => useCompare.getState().show(ids()),
  },
  again: {
    icon: RefreshCw,
    label: 'Again',
    hint: 'Make the same prompt again',
    // With Shift, because a picture may cost money.
    shortcut: 'Shift+R',
    isOffered: hasPrompt,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: (target) => (target.again ? target.again() : void repeat(target, target.groupSize ?? 1)),
  },
  variations: {
    icon: Images,
    label: 'Variations',
    hint: `Make ${maxPictures} pictures of the same prompt`,
    shortcut: 'Shift+V',
    isOffered: (target) => hasPrompt(target) && target.groupSize === undefined,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: (target) => void repeat(target, maxPictures),
  },
  nearVariations: {
    icon: Blend,
    label: 'Near variations',
    hint: `Make ${maxPictures} pictures that differ from this one a little`,
    isOffered: (target) => hasPrompt(target) && isOne(target) && takesStrength(),
    isEnabled: hasFile,
    leaves: 'elsewhere',
    run: (target) => void withRecipe(target, (recipe) => requestNear(recipe, maxPictures)),
  },
  otherModel: {
    icon: Cpu,
    label: 'Same prompt, other model',
    hint: 'Choose a model, and send the same prompt to it',
    isOffered: (target) => hasPrompt(target) && target.groupSize === undefined,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: (target) =>
      openModelListFor((model) => void withRecipe(target, (recipe) => requestAgain(recipe, 1, model))),
  },
  useAsReference: {
    icon: ImagePlus,
    label: 'Use as reference',
    hint: 'Attach it to the next message',
    shortcut: 'U',
    isEnabled: (target) => hasFile(target) && target.count <= maxReferences,
    leaves: 'elsewhere',
    run: forEach(attachReference),
  },
  reusePrompt: {
    icon: Redo2,
    label: 'Reuse prompt',
    hint: 'Put the prompt into the composer',
    shortcut: 'P',
    isOffered: hasPrompt,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: ({ recipe }) => recipe && askAgain({ ...recipe, seed: null }),
  },
  useSeed: {
    icon: Sprout,
    label: 'Use seed',
    hint: ({ recipe }) =>
      recipe?.isSeedTooLarge
        ? 'This seed is larger than any that the services here take'
        : 'Put the prompt and the seed into the composer',
    shortcut: 'S',
    isOffered: ({ recipe }) => recipe?.seed !== undefined,
    isEnabled: ({ recipe }) => recipe?.seed !== null,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: ({ recipe }) => recipe && askAgain(recipe),
  },
  copyPicture: {
    icon: ClipboardCopy,
    label: 'Copy picture',
    shortcut: 'Mod+C',
    isOffered: isOne,
    isEnabled: hasFile,
    run: forEach(copyPicture),
  },
  copyPrompt: {
    icon: Copy,
    label: 'Copy prompt',
    shortcut: 'Mod+Shift+C',
    isOffered: hasPrompt,
    isOfRecipe: true,
    run: ({ recipe }) => recipe && void copyText(recipe.prompt),
  },
  save: {
    icon: Download,
    label: ({ groupSize }) => (groupSize === undefined ? 'Save' : 'Save all'),
    shortcut: 'Mod+S',
    isEnabled: hasFile,
    run: ({ ids }) => void savePictures(ids()),
  },
  share: {
    icon: Share,
    label: 'Share',
    // Electron offers the system's menu for sharing on macOS alone.
    isOffered: (target) => isMac && isOne(target),
    isEnabled: hasFile,
    run: forEach(sharePicture),
  },
  showInFolder: {
    icon: FolderOpen,
    label: 'Show in folder',
    shortcut: 'O',
    isOffered: isOne,
    run: forEach(showInFolder),
  },
  showInChat: {
    icon: MessageSquare,
    label: 'Show in chat',
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
  favourite: {
    icon: Heart,
    label: 'Favourite',
    shortcut: 'F',
    isOn: ({ ids, count }) => count === 1 && areFavourites(ids()),
    run: ({ ids }) => void toggleFavourites(ids()),
  },
  addToCollection: {
    icon: FolderPlus,
    label: 'Add to collection',
    shortcut: 'L',
    run: ({ ids, onCollected }) => useCollectionChoice.getState().ask(ids(), onCollected),
  },
  removeFromCollection: {
    icon: FolderMinus,
    label: ({ collection }) => `Remove from ${collection?.name}`,
    isOffered: ({ collection }) => collection !== undefined,
    leaves: 'gone',
    run: ({ ids, collection }) => collection && void removeFromCollection(collection, ids()),
  },
  delete: {
    icon: Trash2,
    label: ({ groupSize }) => (groupSize === undefined ? 'Delete' : 'Delete all'),
    shortcut: 'Delete',
    leaves: 'gone',
    run: ({ ids }) => void deletePictures(ids()),
  },
} satisfies Record<string, PictureAction>;

export type PictureActionName = keyof typeof pictureActions;

function repeat(target: PictureTarget, count: number): Promise<void> {
  return withRecipe(target, (recipe) => requestAgain(recipe, count));
}

/** Runs an action with the recipe of a picture, and with the references that a tile does not know. */
async function withRecipe(
  target: PictureTarget,
  run: (recipe: RepeatableRecipe) => Promise<void>,
): Promise<void> {
  const [id] = target.ids();
  const isKnown = target.conversation !== undefined || !target.withFacts || id === undefined;
  const facts = isKnown ? null : await request('images:facts', { imageId: id });
  const { recipe } = facts?.ok ? (target.withFacts?.(facts.value) ?? target) : target;
  if (recipe) await run(recipe);
}

function forEach(run: (imageId: string) => unknown): PictureAction['run'] {
  return ({ ids }) => {
    for (const id of ids()) void run(id);
  };
}
