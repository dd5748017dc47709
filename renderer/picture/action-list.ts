// What can be done with pictures, listed once for every place that offers it: name, icon, shortcut and condition.

import {
  Blend,
  BookmarkPlus,
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
  Layers,
  type LucideIcon,
  Maximize2,
  MessageSquare,
  Redo2,
  RefreshCw,
  Scaling,
  ScanEye,
  ScanSearch,
  Share,
  Sprout,
  Trash2,
  Unlink2,
} from 'lucide-react';
import { maxPictures, maxReferences } from '../../shared/domain/conversations';
import type { MessageId } from '../../shared/languages/en';
import { t } from '../../shared/languages/translate';
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
import { describePicture, textServiceFor } from '../state/composer/suggestion-actions';
import { showAlike } from '../state/gallery/show-alike';
import { showStack, takeOutOfStack, useStackDeletion } from '../state/gallery/stack-actions';
import { openModelListFor } from '../state/models/model-list-request';
import { deletePictures } from '../state/pictures/bulk-actions';
import { maxCompared, useCompare } from '../state/pictures/compare-store';
import { useEditor } from '../state/pictures/editor-store';
import { toggleFavourites } from '../state/pictures/favourites';
import { copyPicture, copyText, sharePicture, showInFolder } from '../state/pictures/picture-actions';
import { savePictures } from '../state/pictures/save-pictures';
import { useUpscale } from '../state/pictures/upscale-store';
import { useStyleEditor } from '../state/styles/style-editor';
import { isMac, type Shortcut } from '../ui/shortcut';
import { areFavourites, type PictureTarget } from './action-target';

/** The id of a text, or a function that returns the text. */
type ActionText = MessageId | ((target: PictureTarget) => string);

export type PictureAction = {
  icon: LucideIcon;
  label: ActionText;
  /** Accessible name of its button, where a message beside the picture has a button of the same label. */
  buttonName?: MessageId;
  /** Runs the action on the focused or open picture. */
  shortcut?: Shortcut;
  /** What the action does, where its name alone does not say it. */
  hint?: ActionText;
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
const hidesOthers = ({ hidden }: PictureTarget) => hidden !== undefined && hidden().length > 0;
const hasPrompt = ({ recipe }: PictureTarget) => recipe !== undefined && recipe.prompt.trim() !== '';

/** In the order of the menu. */
export const pictureActions = {
  open: {
    icon: Maximize2,
    label: 'picture.open',
    // Enter belongs to the focused button first, so the places themselves handle it.
    shortcut: 'Enter',
    isOffered: ({ open, isOpen }) => open !== undefined && !isOpen,
    run: ({ open }) => open?.(),
  },
  edit: {
    icon: Brush,
    label: 'picture.edit',
    buttonName: 'picture.edit_picture',
    hint: 'picture.edit_hint',
    shortcut: 'E',
    isOffered: isOne,
    isEnabled: hasFile,
    run: forEach((imageId) => useEditor.getState().open(imageId)),
  },
  upscale: {
    icon: Scaling,
    label: 'picture.upscale',
    hint: 'picture.upscale_hint',
    // With Shift, because it may cost money.
    shortcut: 'Shift+E',
    isOffered: isOne,
    isEnabled: hasFile,
    run: forEach((imageId) => useUpscale.getState().open(imageId)),
  },
  compare: {
    icon: Columns2,
    label: 'picture.compare',
    hint: () => t('picture.compare_hint', { max: maxCompared }),
    isOffered: ({ isSelection }) => isSelection,
    isEnabled: ({ count }) => count >= 2 && count <= maxCompared,
    run: ({ ids }) => useCompare.getState().show(ids()),
  },
  again: {
    icon: RefreshCw,
    label: 'picture.again',
    hint: 'picture.again_hint',
    // With Shift, because a picture may cost money.
    shortcut: 'Shift+R',
    isOffered: hasPrompt,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: (target) => (target.again ? target.again() : void repeat(target, target.groupSize ?? 1)),
  },
  variations: {
    icon: Images,
    label: 'picture.variations',
    hint: () => t('picture.variations_hint', { count: maxPictures }),
    shortcut: 'Shift+V',
    isOffered: (target) => hasPrompt(target) && target.groupSize === undefined,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: (target) => void repeat(target, maxPictures),
  },
  nearVariations: {
    icon: Blend,
    label: 'picture.near_variations',
    hint: () => t('picture.near_variations_hint', { count: maxPictures }),
    isOffered: (target) => hasPrompt(target) && isOne(target) && takesStrength(),
    isEnabled: hasFile,
    leaves: 'elsewhere',
    run: (target) => void withRecipe(target, (recipe) => requestNear(recipe, maxPictures)),
  },
  otherModel: {
    icon: Cpu,
    label: 'picture.other_model',
    hint: 'picture.other_model_hint',
    isOffered: (target) => hasPrompt(target) && target.groupSize === undefined,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: (target) =>
      openModelListFor((model) => void withRecipe(target, (recipe) => requestAgain(recipe, 1, model))),
  },
  useAsReference: {
    icon: ImagePlus,
    label: 'picture.use_as_reference',
    hint: 'picture.use_as_reference_hint',
    shortcut: 'U',
    isEnabled: (target) => hasFile(target) && target.count <= maxReferences,
    leaves: 'elsewhere',
    run: forEach(attachReference),
  },
  reusePrompt: {
    icon: Redo2,
    label: 'picture.reuse_prompt',
    hint: 'picture.reuse_prompt_hint',
    shortcut: 'P',
    isOffered: hasPrompt,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: ({ recipe }) => recipe && askAgain({ ...recipe, seed: null }),
  },
  saveAsStyle: {
    icon: BookmarkPlus,
    label: 'picture.save_as_style',
    hint: 'picture.save_as_style_hint',
    isOffered: (target) => hasPrompt(target) && isOne(target),
    isOfRecipe: true,
    run({ recipe, ids }) {
      const [pictureId = null] = ids();
      if (!recipe) return;
      const negativePrompt = recipe.options?.negativePrompt ?? '';
      useStyleEditor.getState().create({ prompt: recipe.prompt, negativePrompt, pictureId });
    },
  },
  describe: {
    icon: ScanEye,
    label: 'picture.describe',
    hint: () => t(textServiceFor('describe') ? 'picture.describe_hint' : 'picture.describe_needs_model'),
    // With Shift, because an answer may cost money.
    shortcut: 'Shift+D',
    isOffered: isOne,
    isEnabled: hasFile,
    leaves: 'elsewhere',
    run: forEach(describePicture),
  },
  useSeed: {
    icon: Sprout,
    label: 'picture.use_seed',
    hint: ({ recipe }) => t(recipe?.isSeedTooLarge ? 'picture.seed_too_large' : 'picture.use_seed_hint'),
    shortcut: 'S',
    isOffered: ({ recipe }) => recipe?.seed !== undefined,
    isEnabled: ({ recipe }) => recipe?.seed !== null,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: ({ recipe }) => recipe && askAgain(recipe),
  },
  copyPicture: {
    icon: ClipboardCopy,
    label: 'picture.copy_picture',
    shortcut: 'Mod+C',
    isOffered: isOne,
    isEnabled: hasFile,
    run: forEach(copyPicture),
  },
  copyPrompt: {
    icon: Copy,
    label: 'picture.copy_prompt',
    shortcut: 'Mod+Shift+C',
    isOffered: hasPrompt,
    isOfRecipe: true,
    run: ({ recipe }) => recipe && void copyText(recipe.prompt),
  },
  save: {
    icon: Download,
    label: ({ groupSize }) => t(groupSize === undefined ? 'picture.save' : 'picture.save_all'),
    shortcut: 'Mod+S',
    isEnabled: hasFile,
    run: ({ ids }) => void savePictures(ids()),
  },
  share: {
    icon: Share,
    label: 'picture.share',
    // Electron offers the system's menu for sharing on macOS alone.
    isOffered: (target) => isMac && isOne(target),
    isEnabled: hasFile,
    run: forEach(sharePicture),
  },
  showInFolder: {
    icon: FolderOpen,
    label: 'picture.show_in_folder',
    shortcut: 'O',
    isOffered: isOne,
    run: forEach(showInFolder),
  },
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
    run: forEach(showAlike),
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
  delete: {
    icon: Trash2,
    label: ({ groupSize }) => t(groupSize === undefined ? 'picture.delete' : 'picture.delete_all'),
    shortcut: 'Delete',
    run(target) {
      const [ids, hidden] = [target.ids(), target.hidden?.() ?? []];
      // Only once it is certain: whoever cancels sees what was there before.
      const leave = () => target.leave?.('gone');
      if (hidden.length > 0) return useStackDeletion.getState().ask(ids, hidden, leave, target.comeBack);
      leave();
      void deletePictures(ids, target.comeBack);
    },
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
