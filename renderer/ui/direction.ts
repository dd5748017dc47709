// The direction of the page, for what style sheets cannot express: the arrow keys and places computed in JavaScript.

/** Returns whether lines run from right to left. */
export function isRightToLeft(): boolean {
  return document.documentElement.dir === 'rtl';
}

/**
 * Returns the arrow key that a left-to-right page has in the place of a pressed one: `ArrowRight` for the key that leads
 * onwards, whatever the direction. Other keys stay as they are.
 *
 * Not for moves on a picture or on a canvas, where left is left.
 */
export function keyAlongLine(key: string, isMirrored: boolean = isRightToLeft()): string {
  if (!isMirrored) return key;
  return { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[key] ?? key;
}

/** Returns the left edge of a box that begins where another one does, both in CSS pixels of the window. */
export function leftOfAligned(
  { left, right }: Pick<DOMRect, 'left' | 'right'>,
  width: number,
  isMirrored: boolean = isRightToLeft(),
): number {
  return isMirrored ? right - width : left;
}
