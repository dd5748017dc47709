// All actions on pictures, shared by every place that offers them: names, icons, shortcuts and conditions.
import { copyActions } from './actions/copy-actions';
import { deleteActions } from './actions/delete-actions';
import { makeActions } from './actions/make-actions';
import { openActions } from './actions/open-actions';
import type { PictureAction } from './actions/picture-action';
import { placeActions } from './actions/place-actions';

export const pictureActions = {
  ...openActions,
  ...makeActions,
  ...copyActions,
  ...placeActions,
  ...deleteActions,
} satisfies Record<string, PictureAction>;

export type PictureActionName = keyof typeof pictureActions;

/** The sections of the menu, in its order. */
export const actionSections: readonly (readonly PictureActionName[])[] = [
  openActions,
  makeActions,
  copyActions,
  placeActions,
  deleteActions,
].map((section) => Object.keys(section).filter(isActionName));

function isActionName(name: string): name is PictureActionName {
  return Object.hasOwn(pictureActions, name);
}
