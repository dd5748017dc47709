// The facts about a picture that its container declares.

/** Pixels. */
export type Size = { width: number; height: number };

/** As EXIF numbers them: 1 is upright, 6 needs a quarter turn clockwise. https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export type ContainerFacts = {
  /** The largest width and height that any header declares, as stored, or null when none declares both. */
  size: Size | null;
  /** False when the file is truncated. Bytes after the end do not matter. */
  isComplete: boolean;
  /** Whether there is a C2PA manifest. Encoding such a picture again would invalidate it. */
  hasContentCredentials: boolean;
  isAnimated: boolean;
  /** Whether an ICC profile or code points declare a colour space other than sRGB. */
  hasColourProfile: boolean;
};

/** Returns the largest width and the largest height, or null when either is zero. */
export function largestOf(sizes: readonly Size[]): Size | null {
  let width = 0;
  let height = 0;
  for (const size of sizes) {
    width = Math.max(width, size.width);
    height = Math.max(height, size.height);
  }
  return width > 0 && height > 0 ? { width, height } : null;
}
