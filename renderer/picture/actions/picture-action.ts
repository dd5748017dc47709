// The type of a picture action, and conditions that several actions share.
import type { LucideIcon } from 'lucide-react';
import type { MessageId } from '../../../shared/languages/en';
import type { Shortcut } from '../../ui/shortcut';
import type { PictureTarget } from '../action-target';

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
  /** What its pictures cost, if they do: its button shows it. */
  price?: (target: PictureTarget) => string | null;
  /** Whether the action is offered at all. Always, if missing. */
  isOffered?: (target: PictureTarget) => boolean;
  /** Whether the offered action can run now. Always, if missing. */
  isEnabled?: (target: PictureTarget) => boolean;
  /** The action needs the recipe alone, so it also runs while none of the pictures is there. */
  isOfRecipe?: true;
  /** For an action that switches something: whether it is on. */
  isOn?: (target: PictureTarget) => boolean;
  /** The action is for pictures in Trash. All others are for pictures that are not. */
  isOfTrash?: true;
  /** What shows the picture is left first, because the action leads elsewhere or removes the picture. */
  leaves?: 'elsewhere' | 'gone';
  run: (target: PictureTarget) => void;
};

export const isOne = ({ count, groupSize }: PictureTarget) => count === 1 && groupSize === undefined;
export const hasFile = ({ isMissing }: PictureTarget) => !isMissing;
export const hidesOthers = ({ hidden }: PictureTarget) => hidden !== undefined && hidden().length > 0;
export const hasPrompt = ({ recipe }: PictureTarget) => recipe !== undefined && recipe.prompt.trim() !== '';

/** Returns what runs an action on each of the pictures. */
export function forEach(run: (imageId: string) => unknown): PictureAction['run'] {
  return ({ ids }) => {
    for (const id of ids()) void run(id);
  };
}
