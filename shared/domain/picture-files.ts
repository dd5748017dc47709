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

export const allFormats = ['png', 'jpg', 'webp', 'avif', 'gif'] as const satisfies PictureFormat[];

/** Longest sides of the small versions, in pixels, largest first. */
export const thumbnailSides = [512, 256] as const;
export type ThumbnailSide = (typeof thumbnailSides)[number];

/**
 * @param id the picture's UUIDv7. Its last two digits are random, so they spread the files over 256 folders.
 * @returns the path relative to the data folder, with forward slashes.
 */
export function pictureFile(id: string, format: PictureFormat): string {
  return `${stemOf(id)}.${format}`;
}

/** @returns where a provider's bytes wait, whole, until they have been looked at: see store-image.ts. */
export function arrivedFile(id: string): string {
  return `${stemOf(id)}.arrived`;
}

/** What was begun before it was asked for, and who may take it: see generator/drafts.ts. */
export const prefetchFolder = 'drafts';

/** @returns where the bytes of a draft lie, whole. */
export function prefetchFile(prefetchId: string): string {
  return `${prefetchFolder}/${prefetchId}`;
}

/**
 * @returns where a WebP of a picture in the making lies, while it is made. It ends like a write that was cut short,
 * and is cleared away like one where a crash leaves it.
 */
export function livePreviewFile(id: string): string {
  return `${stemOf(id)}.live.part`;
}

/** @returns the path of the recipe that belongs to a picture's id: see recipe.ts. */
export function recipeFile(id: string): string {
  return `${stemOf(id)}.json`;
}

/** @returns the path of the small version that belongs to a picture's file. */
export function thumbnailOf(file: string, side: ThumbnailSide = 512): string {
  return `${withoutEnding(file)}.${side}.webp`;
}

/** @returns the path of the smaller version of a picture's file that the screen shows, where there is one. */
export function displayOf(file: string): string {
  return `${withoutEnding(file)}.display.webp`;
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

/** What a file in the images folder is to its picture. `unfinished`: a write that was cut short. */
export type PictureFileKind = 'picture' | 'display' | 'thumbnail' | 'recipe' | 'arrived' | 'unfinished';

const namePattern =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(?:(png|jpg|webp|avif|gif)|(display\.webp)|((?:512|256)\.webp)|(json)|(arrived)|[a-z0-9.]+\.part)$/;

/** @returns whose a file is and what, by its name alone; null where it is none of ours. */
export function readPictureName(name: string): { id: string; kind: PictureFileKind } | null {
  const [, id, picture, display, thumbnail, recipe, arrived] = namePattern.exec(name) ?? [];
  if (id === undefined) return null;
  if (picture) return { id, kind: 'picture' };
  if (display) return { id, kind: 'display' };
  if (thumbnail) return { id, kind: 'thumbnail' };
  if (recipe) return { id, kind: 'recipe' };
  return { id, kind: arrived ? 'arrived' : 'unfinished' };
}

function stemOf(id: string): string {
  return `images/${id.slice(-2)}/${id}`;
}

/** Ids have no dot in them, so everything from the first one on is the ending. */
function withoutEnding(file: string): string {
  const name = file.lastIndexOf('/') + 1;
  const dot = file.indexOf('.', name);
  return dot < 0 ? file : file.slice(0, dot);
}
