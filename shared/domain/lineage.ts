// The family of a picture: from which pictures it was made, and what was made from them and from it.
import type { StoredState } from './pictures';

/** Maximum number of pictures above one, beside it and below it. */
export const maxAncestors = 20;
export const maxSiblings = 24;
export const maxChildren = 24;

export type FamilyMember = {
  id: string;
  parentId: string | null;
  prompt: string;
  /** Pixels. */
  width: number;
  height: number;
  /** `gone`: it was permanently deleted, and nothing but its id is known. */
  state?: StoredState | 'gone';
};

/**
 * The first picture comes first, down to the parent; then the parent's other pictures with the picture itself among them;
 * then what was made from it. Of the members in Trash only ancestors are included.
 */
export type Family = {
  ancestors: FamilyMember[];
  siblings: FamilyMember[];
  children: FamilyMember[];
};

/** Returns whether there is nothing to show but the picture itself. */
export function isAlone({ ancestors, siblings, children }: Family): boolean {
  return ancestors.length === 0 && children.length === 0 && siblings.length <= 1;
}
