// Serves pictures at afterimage://image/<id>/<variant>: looks up the row of the id, then reads its file.
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { maskFile, masksFolder } from '../../../shared/domain/edits';
import {
  arrivalFile,
  arrivalsFolder,
  contentTypeOf,
  displayOf,
  livePreviewFile,
  type PictureFormat,
  pictureFile,
  pictureFormats,
  thumbnailOf,
} from '../../../shared/domain/picture-files';
import { type ImageVariant, imageVariants } from '../../../shared/domain/pictures';
import { hasStats, isUnchanged, type KnownFile } from '../../files/is-unchanged';
import { notFound } from './not-found';
import { matchesEtag, parseRange } from './range-requests';

/** The parts of a request that matter beside its URL. */
export type ImageRequest = Pick<Request, 'method' | 'headers'>;

type PictureArrival = { requestId: string; format: PictureFormat };

export type ImageSources = {
  /** Returns the path of a picture relative to the data folder, or undefined if there is no such row. */
  fileOf: (imageId: string) => string | undefined;
  /** Returns the user's own file of a picture that stays where it is; undefined for any other picture. */
  linkOf?: (imageId: string) => KnownFile | undefined;
  /** Called when such a file is gone or was changed. */
  onMissingLink?: (imageId: string) => void;
  /**
   * Returns where the bytes of a picture are that has arrived and is being stored, once they are on disk; absent: nothing
   * arrives.
   */
  arrivalOf?: (imageId: string) => Promise<PictureArrival | undefined> | PictureArrival | undefined;
  /** Called once per picture whose thumbnail is missing, until it has one; a larger file is served instead. */
  onMissingThumbnail?: (imageId: string, file: string) => void;
};

/**
 * Serves pictures by the id of their row, what there is of pictures that are being generated, and masks. No part of the URL
 * becomes part of a path, except an id that is a valid UUID.
 */
export function serveImages(
  dataFolder: string,
  {
    fileOf,
    linkOf = () => undefined,
    onMissingLink = () => {},
    arrivalOf = () => undefined,
    onMissingThumbnail = () => {},
  }: ImageSources,
) {
  const reportedMissing = new Set<string>();

  return async (url: URL, request: ImageRequest): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      // Not shown: the answer to a request of the page.
      return new Response('Method not allowed', { status: 405, headers: { allow: 'GET, HEAD' } });
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
    if (variant === 'mask') {
      const mask = await openPicture(dataFolder, maskFile(imageId), masksFolder);
      return respondUncached(mask, 'image/png', request.method);
    }
    const file = fileOf(imageId);
    if (file === undefined) return notFound();
    const link = linkOf(imageId);
    // Told also where a display file is shown instead.
    if (link && variant === 'full' && !(await isUnchanged(link))) onMissingLink(imageId);
    const found = await openVariant(dataFolder, file, variant, link);
    if (!found) return notFound();
    try {
      // Once a thumbnail is there, it may be lost again.
      if (found.isExact && variant !== 'full') reportedMissing.delete(imageId);
      if (!found.isExact && !reportedMissing.has(imageId)) {
        reportedMissing.add(imageId);
        onMissingThumbnail(imageId, file);
      }
      return await respond(request, found, `"${imageId}-${variant}-${found.size}"`);
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
): Promise<Response> {
  if (!found) return notFound();
  try {
    const headers = {
      'content-type': contentType,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    };
    return new Response(method === 'HEAD' ? null : await readPart(found.handle, 0, found.size), { headers });
  } finally {
    await found.handle.close();
  }
}

type OpenedFile = {
  handle: FileHandle;
  file: string;
  /** Bytes. */
  size: number;
  /** False for a larger file that is served instead of a missing thumbnail. */
  isExact: boolean;
};

async function respond(
  { method, headers }: ImageRequest,
  found: OpenedFile,
  etag: string,
): Promise<Response> {
  const { handle, file, size, isExact } = found;
  const common = {
    // Files of pictures never change, but a substitute must not be cached, because the thumbnail will be made.
    'cache-control': isExact ? 'public, max-age=31536000, immutable' : 'no-store',
    ...(isExact && { etag }),
    'x-content-type-options': 'nosniff',
  };
  if (isExact && matchesEtag(headers.get('if-none-match'), etag)) {
    return new Response(null, { status: 304, headers: common });
  }
  const fileHeaders = { ...common, 'content-type': contentTypeOf(file), 'accept-ranges': 'bytes' };
  if (method === 'HEAD') {
    return new Response(null, { headers: { ...fileHeaders, 'content-length': String(size) } });
  }
  const ifRange = headers.get('if-range');
  const range = ifRange === null || ifRange === etag ? parseRange(headers.get('range'), size) : 'none';
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...common, 'content-range': `bytes */${size}` } });
  }
  if (range === 'none') {
    const bytes = await readPart(handle, 0, size);
    return new Response(bytes, { headers: { ...fileHeaders, 'content-length': String(bytes.length) } });
  }
  const bytes = await readPart(handle, range.start, range.end - range.start);
  return new Response(bytes, {
    status: 206,
    headers: {
      ...fileHeaders,
      'content-length': String(bytes.length),
      'content-range': `bytes ${range.start}-${range.start + bytes.length - 1}/${size}`,
    },
  });
}

/** Returns what is there of a part. One call: `readFile` takes one for each 512 kB, and one more to ask for the size. */
async function readPart(handle: FileHandle, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

const idSchema = z.uuid();

type UrlVariant = ImageVariant | 'live' | 'arrived' | 'mask';

function parseUrl(url: URL): { imageId: string; variant: UrlVariant } | null {
  const [, id, variantName, ...rest] = url.pathname.split('/');
  const variant = ([...imageVariants, 'live', 'arrived', 'mask'] as const).find(
    (known) => known === variantName,
  );
  const imageId = idSchema.safeParse(id);
  if (!imageId.success || !variant || rest.length > 0) return null;
  return { imageId: imageId.data.toLowerCase(), variant };
}

/** Opens the first existing file that can show a picture at this size. */
async function openVariant(
  dataFolder: string,
  file: string,
  variant: ImageVariant,
  link: KnownFile | undefined,
): Promise<OpenedFile | null> {
  const full = file.endsWith('.png') ? [displayOf(file), file] : [file];
  const exact = variant === 'full' ? full : [thumbnailOf(file, variant === '512' ? 512 : 256)];
  const substitutes = variant === 'full' ? [] : variant === '256' ? [thumbnailOf(file, 512), ...full] : full;
  for (const candidate of [...exact, ...substitutes]) {
    const isLinked = link !== undefined && candidate === file;
    const opened = isLinked ? await openLinked(link) : await openPicture(dataFolder, candidate);
    if (opened) return { ...opened, file: candidate, isExact: exact.includes(candidate) };
  }
  return null;
}

/** A link that has replaced the file would show any file of the user's. */
const linkedFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Opens a file outside of the data folder only if it is the very one that a row refers to. */
async function openLinked(link: KnownFile) {
  const handle = await open(link.path, linkedFlags).catch(() => null);
  const found = await handle?.stat().catch(() => null);
  // The path has no links: one that a folder was replaced by leads elsewhere.
  const isWhereItWas = found ? (await realpath(link.path).catch(() => null)) === link.path : false;
  if (handle && found && isWhereItWas && hasStats(link, found)) return { handle, size: found.size };
  await handle?.close();
  return null;
}

async function openPicture(dataFolder: string, file: string, folder = 'images') {
  const allowed = path.join(dataFolder, folder) + path.sep;
  const target = path.join(dataFolder, file);
  // Checks even the paths of our own rows, because the database may have been tampered with.
  if (!target.startsWith(allowed)) return null;
  const handle = await open(target, 'r').catch(() => null);
  const found = await handle?.stat().catch(() => null);
  if (handle && found?.isFile()) return { handle, size: found.size };
  await handle?.close();
  return null;
}
