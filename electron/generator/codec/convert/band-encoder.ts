// Takes the rows of a picture from top to bottom, and returns its bytes.

export type BandEncoder = {
  /** @param rgba whole rows: red, green, blue and alpha, which the others are not multiplied with. */
  write: (rgba: Uint8ClampedArray) => Promise<void>;
  /** @throws Error if rows are missing. */
  end: () => Promise<Uint8Array>;
};
