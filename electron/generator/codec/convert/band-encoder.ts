// Encodes a picture from its rows, given from top to bottom.

export type BandEncoder = {
  /** @param rgba whole rows; red, green and blue are not premultiplied with alpha. */
  write: (rgba: Uint8ClampedArray) => Promise<void>;
  /** Returns the file's bytes. @throws Error if rows are missing. */
  end: () => Promise<Uint8Array>;
};
