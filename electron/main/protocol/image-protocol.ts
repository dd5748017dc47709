// Serves pictures at afterimage://image/<id>/<variant>: looks up the id's row, then reads its file.
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import {
  arrivalFile,
  arrivalsFolder,
  contentTypeOf,
  displayOf,
  livePreviewFile,
  type PictureFormat,
  pictureFile,
  pictureFormats,
  sharpSide,
  type ThumbnailSide,
  thumbnailOf,
} from '../../../shared/domain/picture-files';
import { type ImageVariant, imageVariants } from '../../../shared/domain/pictures';
import { hasStats, isUnchanged, type KnownFile } from '../../files/is-unchanged';
import { headerOf, notFound, type PlainRequest, type PlainResponse } from './plain-response';
import { matchesEtag, parseRange } from './range-requests';

const noBody = Buffer.alloc(0);

type PictureArrival = { requestId: string; format: PictureFormat };

export type ImageSources = {
  /** Returns the path of a picture relative to the data folder, or undefined if there is no such row. */
  fileOf: (imageId: string) => string | undefined;
  /** Returns the user's own file of a picture that stays where it is; undefined for any other picture. */
  linkOf?: (imageId: string) => KnownFile | undefined;
  /** Called when such a file was removed or changed. */
  onMissingLink?: (imageId: string) => void;
  /**
   * Returns the location of a picture's bytes while it is being stored, once they are on disk; absent: no pictures
   * are being made.
   */
  arrivalOf?: (imageId: string) => Promise<PictureArrival | undefined> | PictureArrival | undefined;
  /**
   * Makes the missing thumbnails of a picture. Called once per picture until it has one. Must not reject; resolves
   * when they are made, or cannot be. Absent: none are made.
   */
  makeThumbnails?: (imageId: string, file: string) => Promise<void>;
  /** As `makeThumbnails`, for the thumbnail of `sharpSide`, which is only made when a picture is shown large. */
  makeSharpThumbnail?: (imageId: string, file: string) => Promise<void>;
  /** Maximum time that a request waits for its thumbnail before it gets a larger file (ms). Absent: two seconds. */
  maxThumbnailWaitMs?: number;
  /** Time after which a thumbnail that could not be made is tried again when it is requested (ms). Absent: a minute. */
  retryThumbnailMs?: number;
};

/**
 * Long enough for several pictures that arrive together. After that, a slow picture is better than a blurred preview.
 */
const defaultThumbnailWaitMs = 2000;

/** The reason why a thumbnail was not made, such as a full disk, may have passed by then. */
const defaultRetryThumbnailMs = 60_000;

/**
 * Serves pictures by row id, and previews of pictures being generated. No part of the URL becomes part of a
 * path, except an id that is a valid UUID.
 */
export function serveImages(
  dataFolder: string,
  {
    fileOf,
    linkOf = () => undefined,
    onMissingLink = () => {},
    arrivalOf = () => undefined,
    makeThumbnails = async () => {},
    makeSharpThumbnail = async () => {},
    maxThumbnailWaitMs = defaultThumbnailWaitMs,
    retryThumbnailMs = defaultRetryThumbnailMs,
  }: ImageSources,
) {
  /** Thumbnails that are being made, or could not be made a moment ago, by picture. */
  const making = new Map<string, Promise<void>>();
  const makingSharp = new Map<string, Promise<void>>();

  /**
   * Opens a picture at a size, waiting for thumbnails that are about to be made: a larger file would take longer to
   * load and decode, and the thumbnail would be loaded again afterwards.
   */
  async function openWhenMade(
    imageId: string,
    file: string,
    variant: ImageVariant,
    link: KnownFile | undefined,
  ): Promise<OpenedFile | null> {
    const there = await openVariant(dataFolder, file, variant, link);
    if (variant === 'full' || !there || there.isExact) return there;
    await there.handle.close();
    const isSharp = variant === '1024';
    const [inWork, make] = isSharp ? [makingSharp, makeSharpThumbnail] : [making, makeThumbnails];
    const start = () => {
      const started = make(imageId, file);
      inWork.set(imageId, started);
      const forget = () => inWork.get(imageId) === started && inWork.delete(imageId);
      const forgetLater = () => setTimeout(forget, retryThumbnailMs).unref();
      void started.then(forgetLater, forgetLater);
      return started;
    };
    const made = inWork.get(imageId) ?? start();
    // Meanwhile, the page shows the smaller thumbnail.
    if (isSharp) await made;
    else await Promise.race([made, wait(maxThumbnailWaitMs, undefined, { ref: false })]);
    const found = await openVariant(dataFolder, file, variant, link);
    // The thumbnail may be deleted again.
    if (found?.isExact) inWork.delete(imageId);
    return found;
  }

  return async (url: URL, request: PlainRequest): Promise<PlainResponse> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      // Not shown: the answer to a request of the page.
      return { status: 405, headers: { allow: 'GET, HEAD' }, body: Buffer.from('Method not allowed') };
    }
    const parsed = parseUrl(url);
    if (!parsed) return notFound();
    const { imageId, variant } = parsed;
    if (variant === 'live') {
      const preview = await openPicture(dataFolder, livePreviewFile(imageId));
      return respondUncached(preview, 'image/webp', request.method);
    }
    if (variant === 'arrived') {
      const arrival = await arrivalOf(imageId);
      if (!arrival) return notFound();
      const arrived = await openArrived(dataFolder, imageId, arrival);
      return respondUncached(arrived, pictureFormats[arrival.format], request.method);
    }
    const file = fileOf(imageId);
    if (file === undefined) return notFound();
    const link = linkOf(imageId);
    // Report it even if a display file is shown instead.
    if (link && variant === 'full' && !(await isUnchanged(link))) onMissingLink(imageId);
    const found = await openWhenMade(imageId, file, variant, link);
    if (!found) return notFound();
    try {
      return await respond(request, found, `"${imageId}-${variant}-${found.size}-${found.modifiedAt}"`);
    } finally {
      await found.handle.close();
    }
  };
}

/** Opens the bytes of a picture under their request's name or, if they have been stored meanwhile, under the picture's. */
async function openArrived(dataFolder: string, imageId: string, { requestId, format }: PictureArrival) {
  return (
    (await openPicture(dataFolder, arrivalFile(requestId), arrivalsFolder)) ??
    (await openPicture(dataFolder, pictureFile(imageId, format)))
  );
}

/** Serves a file of a picture whose row has no file yet: it may change at any time. */
async function respondUncached(
  found: Awaited<ReturnType<typeof openPicture>>,
  contentType: string,
  method: string,
): Promise<PlainResponse> {
  if (!found) return notFound();
  try {
    const headers = {
      'content-type': contentType,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    };
    const body = method === 'HEAD' ? noBody : await readPart(found.handle, 0, found.size);
    return { status: 200, headers, body };
  } finally {
    await found.handle.close();
  }
}

type OpenedFile = {
  handle: FileHandle;
  file: string;
  /** Bytes. */
  size: number;
  /** UTC milliseconds: a repaired file may be as long as the one before. */
  modifiedAt: number;
  /** False for a larger file that is served instead of a missing thumbnail. */
  isExact: boolean;
};

async function respond(request: PlainRequest, found: OpenedFile, etag: string): Promise<PlainResponse> {
  const { handle, file, size, isExact } = found;
  const common = {
    // Files of pictures never change, but a substitute must not be cached, because the thumbnail will be made.
    'cache-control': isExact ? 'public, max-age=31536000, immutable' : 'no-store',
    ...(isExact && { etag }),
    'x-content-type-options': 'nosniff',
  };
  if (isExact && matchesEtag(headerOf(request, 'if-none-match'), etag)) {
    return { status: 304, headers: common, body: noBody };
  }
  const fileHeaders = { ...common, 'content-type': contentTypeOf(file), 'accept-ranges': 'bytes' };
  if (request.method === 'HEAD') {
    return { status: 200, headers: { ...fileHeaders, 'content-length': String(size) }, body: noBody };
  }
  const ifRange = headerOf(request, 'if-range');
  const isCurrent = ifRange === null || ifRange === etag;
  const range = isCurrent ? parseRange(headerOf(request, 'range'), size) : 'none';
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...common, 'content-range': `bytes */${size}` }, body: noBody };
  }
  const { start, end } = range === 'none' ? { start: 0, end: size } : range;
  const body = await readPart(handle, start, end - start);
  const headers = { ...fileHeaders, 'content-length': String(body.length) };
  if (range === 'none') return { status: 200, headers, body };
  const contentRange = `bytes ${start}-${start + body.length - 1}/${size}`;
  return { status: 206, headers: { ...headers, 'content-range': contentRange }, body };
}

/**
 * Reads a byte range, as far as the file goes. Uses a single call: `readFile` makes one per 512 kB, and another one
 * for the size.
 */
async function readPart(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  // No need to fill with zeros, because unread bytes are cut off.
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

const idSchema = z.uuid();

type UrlVariant = ImageVariant | 'live' | 'arrived';

function parseUrl(url: URL): { imageId: string; variant: UrlVariant } | null {
  const [, id, variantName, ...rest] = url.pathname.split('/');
  const variant = ([...imageVariants, 'live', 'arrived'] as const).find((known) => known === variantName);
  const imageId = idSchema.safeParse(id);
  if (!imageId.success || !variant || rest.length > 0) return null;
  return { imageId: imageId.data.toLowerCase(), variant };
}

const sideOf = { '1024': sharpSide, '512': 512, '256': 256 } as const satisfies Record<string, ThumbnailSide>;

/** Opens the first existing file that can show a picture at this size. */
async function openVariant(
  dataFolder: string,
  file: string,
  variant: ImageVariant,
  link: KnownFile | undefined,
): Promise<OpenedFile | null> {
  const full = file.endsWith('.png') ? [displayOf(file), file] : [file];
  const exact = variant === 'full' ? full : [thumbnailOf(file, sideOf[variant])];
  const substitutes = variant === 'full' ? [] : [thumbnailOf(file, 512), ...full];
  for (const candidate of [...exact, ...substitutes]) {
    const isLinked = link !== undefined && candidate === file;
    const opened = isLinked ? await openLinked(link) : await openPicture(dataFolder, candidate);
    if (opened) return { ...opened, file: candidate, isExact: exact.includes(candidate) };
  }
  return null;
}

/** Opening a pipe that has the name of a picture would wait until somebody writes into it. */
const readFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** Do not follow a link that has replaced the file: it could point to any file of the user's. */
const linkedFlags = readFlags | (constants.O_NOFOLLOW ?? 0);

/** Opens a file outside the data folder only if it is exactly the one that a row refers to. */
async function openLinked(link: KnownFile) {
  const handle = await open(link.path, linkedFlags).catch(() => null);
  const found = await handle?.stat().catch(() => null);
  // The recorded path has no links, so a folder that was replaced by a link resolves to a different path.
  const isWhereItWas = found ? (await realpath(link.path).catch(() => null)) === link.path : false;
  if (handle && found && isWhereItWas && hasStats(link, found))
    return { handle, size: found.size, modifiedAt: found.mtimeMs };
  await handle?.close();
  return null;
}

async function openPicture(dataFolder: string, file: string, folder = 'images') {
  const allowed = path.join(dataFolder, folder) + path.sep;
  const target = path.join(dataFolder, file);
  // Checks even the paths of our own rows, because the database may have been tampered with.
  if (!target.startsWith(allowed)) return null;
  const handle = await open(target, readFlags).catch(() => null);
  const found = await handle?.stat().catch(() => null);
  if (handle && found?.isFile()) return { handle, size: found.size, modifiedAt: found.mtimeMs };
  await handle?.close();
  return null;
}
