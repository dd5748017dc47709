// The family of a picture: the pictures that it was made from, and those made from them and from it.
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
 * `ancestors` start with the first picture and end with the parent. `siblings` are all pictures of the parent, including
 * the picture itself. `children` were made from it. Of the members in Trash, only ancestors are included.
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
