// The picture of each lightbox, for commands from outside, such as those of the command palette.
import type { PictureTarget } from '../action-target';

/** The targets by the lightbox's dialog. */
export const openTargets = new WeakMap<Element, () => PictureTarget>();
