// The picture that each lightbox shows, for commands from outside of it, such as those of the command palette.
import type { PictureTarget } from '../action-target';

/** By the dialog of the lightbox. */
export const openTargets = new WeakMap<Element, () => PictureTarget>();
