// Remembers which thumbnails were shown. They load from memory and need neither preview nor fade.

/** Maximum number of remembered URLs. */
const maxUrls = 5000;

function createShownThumbnails() {
  const urls = new Set<string>();

  return {
    has: (url: string): boolean => urls.has(url),

    add(url: string): void {
      if (urls.size >= maxUrls) urls.clear();
      urls.add(url);
    },
  };
}

export const shownThumbnails = createShownThumbnails();
