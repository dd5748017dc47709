// The direction of the page, for arrow keys and for positions that JavaScript computes.

/** Returns whether lines run from right to left. */
export function isRightToLeft(): boolean {
  return document.documentElement.dir === 'rtl';
}

/**
 * Returns the arrow key that has the same meaning on a left-to-right page: `ArrowRight` is always the key that moves
 * forward. Other keys stay the same.
 *
 * Not for moves on a picture or on a canvas, where left is left.
 */
export function keyAlongLine(key: string, isMirrored: boolean = isRightToLeft()): string {
  if (!isMirrored) return key;
  return { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[key] ?? key;
}

/** Returns the left edge of a box that is aligned with the start of another one, in CSS pixels of the window. */
export function leftOfAligned(
  { left, right }: Pick<DOMRect, 'left' | 'right'>,
  width: number,
  isMirrored: boolean = isRightToLeft(),
): number {
  return isMirrored ? right - width : left;
}
