// Waits until a loaded image can be drawn without delay.

/** Minimum size of Chromium's image cache (bytes). Chromium does not decode images in advance that exceed the cache. */
const minCacheBytes = 128 * 1024 * 1024;
const bytesPerPixel = 4;

type LoadedImage = Pick<HTMLImageElement, 'decode' | 'complete' | 'naturalWidth' | 'naturalHeight'>;

/**
 * Chromium rejects decoding a very large image as if it were damaged, although it draws it. Such an image resolves at once,
 * and is decoded when it is drawn.
 *
 * @returns a promise that rejects for an image that cannot be decoded.
 */
export async function decodeLoaded(image: LoadedImage): Promise<void> {
  try {
    await image.decode();
  } catch (error) {
    const bytes = image.naturalWidth * image.naturalHeight * bytesPerPixel;
    if (!image.complete || bytes <= minCacheBytes) throw error;
  }
}
