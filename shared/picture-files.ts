// How a picture's files are named, for the process that writes them and the one that serves them.

/** The formats that are kept as they come. */
export const pictureFormats = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
} as const;

export type PictureFormat = keyof typeof pictureFormats;

/**
 * @param id the picture's UUIDv7. Its last two digits are random, so they spread the files over 256 folders.
 * @returns the path relative to the data folder, with forward slashes.
 */
export function pictureFile(id: string, format: PictureFormat): string {
  return `images/${id.slice(-2)}/${id}.${format}`;
}

/** @returns the path of the small version that belongs to a picture's file. */
export function thumbnailOf(file: string): string {
  return `${file.slice(0, file.lastIndexOf('.'))}.thumbnail.webp`;
}

/** @returns the format by the file's ending, or null where it is none of ours. */
export function formatOfFile(file: string): PictureFormat | null {
  const ending = file.slice(file.lastIndexOf('.') + 1);
  const formats: readonly PictureFormat[] = ['png', 'jpg', 'webp', 'avif', 'gif'];
  return formats.find((format) => format === ending) ?? null;
}

/** @returns the media type by the file's ending; files are named by their content, so it can be trusted. */
export function contentTypeOf(file: string): string {
  const format = formatOfFile(file);
  return format ? pictureFormats[format] : 'application/octet-stream';
}

/** @returns the path of the recipe that belongs to a picture's id: see recipe.ts. */
export function recipeFile(id: string): string {
  return `images/${id.slice(-2)}/${id}.json`;
}
