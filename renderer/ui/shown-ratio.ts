// The ratio at which a tile shows a picture.

/** Limits of the ratio. Pictures beyond them are cropped, so that no tile is too thin or fills several rows. */
export const minRatio = 0.36;
export const maxRatio = 3.6;

/** Returns the ratio of width to height at which tiles show a picture. */
export function shownRatio(width: number, height: number): number {
  return Math.min(maxRatio, Math.max(minRatio, width / height)) || 1;
}
