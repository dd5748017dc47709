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
  /** Accessible name of its button, if a message beside the picture has a button with the same label. */
  buttonName?: MessageId;
  /** Runs the action on the focused or open picture. */
  shortcut?: Shortcut;
  /** Explains the action if its name does not. */
  hint?: ActionText;
  /** Returns the formatted price of its pictures, which the button shows; null if free. */
  price?: (target: PictureTarget) => string | null;
  /** Returns whether the action is offered at all. Absent: always. */
  isOffered?: (target: PictureTarget) => boolean;
  /** Returns whether the offered action can run now. Absent: always. */
  isEnabled?: (target: PictureTarget) => boolean;
  /** The action only needs the recipe, so it also works if none of the pictures exists. */
  isOfRecipe?: true;
  /** For a toggle, returns whether it is on. */
  isOn?: (target: PictureTarget) => boolean;
  /** The action is for pictures in Trash. All others are for pictures that are not. */
  isOfTrash?: true;
  /** The view of the picture closes first, because the action navigates elsewhere or removes the picture. */
  leaves?: 'elsewhere' | 'gone';
  run: (target: PictureTarget) => void;
};

export const isOne = ({ count, groupSize }: PictureTarget) => count === 1 && groupSize === undefined;
export const hasFile = ({ isMissing }: PictureTarget) => !isMissing;
export const hidesOthers = ({ hidden }: PictureTarget) => hidden !== undefined && hidden().length > 0;
export const hasPrompt = ({ recipe }: PictureTarget) => recipe !== undefined && recipe.prompt.trim() !== '';

/** Returns a function that runs an action on each of the pictures. */
export function forEach(run: (imageId: string) => unknown): PictureAction['run'] {
  return ({ ids }) => {
    for (const id of ids()) void run(id);
  };
}
