// Waits until an image that has loaded can be shown at once.

/** Chromium decodes no image beforehand that takes more than its cache, which has this size or more (bytes). */
const minCacheBytes = 128 * 1024 * 1024;
const bytesPerPixel = 4;

type LoadedImage = Pick<HTMLImageElement, 'decode' | 'complete' | 'naturalWidth' | 'naturalHeight'>;

/**
 * A very large image is refused as if it were damaged, although it is drawn: it is decoded meanwhile, at the size at which it
 * is shown.
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
