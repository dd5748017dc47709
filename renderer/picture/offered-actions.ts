// The actions that are offered for certain pictures: for buttons, the menu, shortcuts and the command palette.
import { t } from '../../shared/languages/translate';
import { type KeyPress, matchesShortcut } from '../ui/shortcut';
import { actionSections, type PictureActionName, pictureActions } from './action-list';
import type { PictureTarget } from './action-target';
import type { PictureAction } from './actions/picture-action';

/** An action that is offered for certain pictures. */
export type OfferedAction = Pick<PictureAction, 'icon' | 'shortcut'> & {
  name: PictureActionName;
  label: string;
  buttonName?: string;
  hint?: string;
  price?: string;
  isEnabled: boolean;
  /** Undefined for an action that is not a toggle. */
  isOn: boolean | undefined;
  run: () => void;
};

/** Returns an action for certain pictures, or null if it is not offered for them. */
export function offeredAction(name: PictureActionName, target: PictureTarget): OfferedAction | null {
  const action: PictureAction = pictureActions[name];
  if (target.isGone) return null;
  if ((action.isOfTrash ?? false) !== (target.trash !== undefined)) return null;
  if (action.isOffered && !action.isOffered(target)) return null;
  const { icon, shortcut, hint, label, buttonName } = action;
  const price = action.price?.(target) ?? null;
  return {
    name,
    icon,
    ...(shortcut !== undefined && { shortcut }),
    ...(buttonName !== undefined && { buttonName: t(buttonName) }),
    ...(hint !== undefined && { hint: textOf(hint, target) }),
    ...(price !== null && { price }),
    label: textOf(label, target),
    isEnabled: (action.isOfRecipe || target.count > 0) && (action.isEnabled?.(target) ?? true),
    isOn: action.isOn?.(target),
    run() {
      if (action.leaves) target.leave?.(action.leaves);
      action.run(target);
    },
  };
}

/** Returns a text of an action in the language of the interface. */
export function textOf(text: PictureAction['label'], target: PictureTarget): string {
  return typeof text === 'function' ? text(target) : t(text);
}

/** Returns the offered actions by section, without empty sections. For menus and the command palette. */
export function offeredSections(target: PictureTarget): OfferedAction[][] {
  return actionSections
    .map((names) => names.map((name) => offeredAction(name, target)).filter((action) => action !== null))
    .filter((section) => section.length > 0);
}

/** Returns the enabled action that a key press runs on pictures, if any. */
export function actionForKey(press: KeyPress, target: PictureTarget): OfferedAction | undefined {
  return offeredSections(target)
    .flat()
    .find(
      ({ name, shortcut, isEnabled }) =>
        isEnabled && name !== 'open' && shortcut !== undefined && matchesShortcut(press, shortcut),
    );
}
