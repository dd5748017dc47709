// Names a picture's files, for the generator, which writes them, and the main process, which serves them.

/** The formats that are stored unchanged, with their media types. */
export const pictureFormats = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
} as const;

export type PictureFormat = keyof typeof pictureFormats;

export const allFormats = ['png', 'jpg', 'webp', 'avif', 'gif'] as const satisfies PictureFormat[];

/** The formats that the codec writes for copies. */
export const writtenFormats = ['png', 'jpg', 'webp'] as const satisfies PictureFormat[];
export type WrittenFormat = (typeof writtenFormats)[number];

/** Formats that are converted on import. They are also the extensions of the kept originals. */
export const foreignFormats = ['heic', 'jxl', 'tiff', 'bmp', 'svg'] as const;
export type ForeignFormat = (typeof foreignFormats)[number];

/** The endings of all files that can be imported. */
export const importedExtensions: readonly string[] = [
  ...allFormats,
  ...['jpeg', 'apng', 'heif', 'hif', 'tif'],
  ...foreignFormats,
];

/** Longest sides of the thumbnails that every picture has, in pixels, largest first. */
export const thumbnailSides = [512, 256] as const;
/** The side of a thumbnail that is only made for pictures shown large or on a high-density screen. */
export const sharpSide = 1024;
export type ThumbnailSide = (typeof thumbnailSides)[number] | typeof sharpSide;

/**
 * @param id the picture's UUIDv7. Its last two digits are random, so they spread the files over 256 folders.
 * @returns the path relative to the data folder, with forward slashes.
 */
export function pictureFile(id: string, format: PictureFormat): string {
  return `${stemOf(id)}.${format}`;
}

/**
 * Returns the path of a picture's complete bytes before they are decoded. The importer copies the user's files there. Older
 * versions also stored a provider's bytes there, which are now at `arrivalFile`.
 */
export function arrivedFile(id: string): string {
  return `${stemOf(id)}.arrived`;
}

/** Returns the path of an imported picture's original file, if the picture was converted from it. */
export function originalFile(id: string, format: ForeignFormat): string {
  return `${stemOf(id)}.original.${format}`;
}

/** The folder of provider answers that are not stored as pictures yet (generator/pipeline/arrivals.ts). */
export const arrivalsFolder = 'arrived';

/** Returns the path of the bytes that a request brought, without any change. */
export function arrivalFile(requestId: string): string {
  return `${arrivalsFolder}/${requestId}`;
}

/** The folder of arrivals that could not be opened. Only the user deletes them. */
export const keptFolder = 'kept';

/** Returns the path of a service's answer that could not be opened. */
export function keptFile(requestId: string): string {
  return `${keptFolder}/${requestId}`;
}

/** Returns the path of the facts beside an arrival or a kept file (generator/arrivals.ts). */
export function factsOf(file: string): string {
  return `${file}.json`;
}

/** The folder of files that belong to no picture (main/storage/reconcile.ts). */
export const recoveryFolder = 'recovery';

/** The folder in which older versions left the bytes of prefetched pictures. */
export const oldPrefetchFolder = 'drafts';

/** Returns where earlier versions put a prefetched picture. */
export function oldPrefetchFile(requestId: string): string {
  return `${oldPrefetchFolder}/${requestId}`;
}

/**
 * Returns the path of a picture's latest preview, a WebP, while the picture is being made. It has the extension of an
 * unfinished write, so that it is removed like one after a crash.
 */
export function livePreviewFile(id: string): string {
  return `${stemOf(id)}.live.part`;
}

/** Returns the path of a picture's recipe (recipe.ts). */
export function recipeFile(id: string): string {
  return `${stemOf(id)}.json`;
}

/** Returns the path of a thumbnail of a picture's file. */
export function thumbnailOf(file: string, side: ThumbnailSide = 512): string {
  return `${withoutExtension(file)}.${side}.webp`;
}

/** Returns the paths of all files that can be derived from a picture's file. */
export function derivedFilesOf(file: string): string[] {
  const sides: readonly ThumbnailSide[] = [sharpSide, ...thumbnailSides];
  return [displayOf(file), ...sides.map((side) => thumbnailOf(file, side))];
}

/** Returns the path of a picture's display file, the smaller version that the renderer shows if it exists. */
export function displayOf(file: string): string {
  return `${withoutExtension(file)}.display.webp`;
}

/** Returns the format by the file's extension, or null for any other extension. */
export function formatOfFile(file: string): PictureFormat | null {
  const extension = file.slice(file.lastIndexOf('.') + 1);
  const formats: readonly PictureFormat[] = ['png', 'jpg', 'webp', 'avif', 'gif'];
  return formats.find((format) => format === extension) ?? null;
}

/** Returns the media type by the file's extension, which can be trusted because files are named by their content. */
export function contentTypeOf(file: string): string {
  const format = formatOfFile(file);
  return format ? pictureFormats[format] : 'application/octet-stream';
}

/** The role of a file in the images folder. `unfinished`: an interrupted write. */
export type PictureFileKind =
  | 'picture'
  | 'display'
  | 'thumbnail'
  | 'recipe'
  | 'original'
  | 'arrived'
  | 'unfinished';

const namePattern =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(?:(png|jpg|webp|avif|gif)|(display\.webp)|((?:1024|512|256)\.webp)|(json)|(original\.(?:heic|jxl|tiff|bmp|svg))|(arrived)|[a-z0-9.]+\.part)$/;

/** Returns the picture and the role of a file by its name, or null when the name is not one of ours. */
export function readPictureName(name: string): { id: string; kind: PictureFileKind } | null {
  const [, id, picture, display, thumbnail, recipe, original, arrived] = namePattern.exec(name) ?? [];
  if (id === undefined) return null;
  if (picture) return { id, kind: 'picture' };
  if (display) return { id, kind: 'display' };
  if (thumbnail) return { id, kind: 'thumbnail' };
  if (recipe) return { id, kind: 'recipe' };
  if (original) return { id, kind: 'original' };
  return { id, kind: arrived ? 'arrived' : 'unfinished' };
}

function stemOf(id: string): string {
  return `images/${id.slice(-2)}/${id}`;
}

/** Ids contain no dot, so everything from the first dot on is removed. */
function withoutExtension(file: string): string {
  const name = file.lastIndexOf('/') + 1;
  const dot = file.indexOf('.', name);
  return dot < 0 ? file : file.slice(0, dot);
}
