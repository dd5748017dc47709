// afterimage://image/<id>/<variant>: from an id to its row to its file, cached for ever.
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { contentTypeOf, displayOf, livePreviewFile, thumbnailOf } from '../../../shared/domain/picture-files';
import { type ImageVariant, imageVariants } from '../../../shared/domain/pictures';
import { notFound } from './not-found';
import { isKnown, readRange } from './range-requests';

/** What is read of a request beside its address. */
export type Asked = Pick<Request, 'method' | 'headers'>;

/**
 * Serves pictures by the id of their row, and looks at those in the making. No part of the address ever becomes part
 * of a path, but an id that is one.
 *
 * @param fileOf the path of a picture relative to the data folder, or undefined where there is no such row.
 * @param onMissingThumbnail told once for each picture that has lost a thumbnail; its full file stands in meanwhile.
 */
export function serveImages(
  dataFolder: string,
  fileOf: (imageId: string) => string | undefined,
  onMissingThumbnail: (imageId: string, file: string) => void = () => {},
) {
  const toldMissing = new Set<string>();

  return async (url: URL, asked: Asked): Promise<Response> => {
    if (asked.method !== 'GET' && asked.method !== 'HEAD') {
      return new Response('Only to be looked at', { status: 405, headers: { allow: 'GET, HEAD' } });
    }
    const address = readAddress(url);
    if (!address) return notFound();
    if (address.variant === 'live') return respondLive(dataFolder, address.imageId, asked.method);
    const file = fileOf(address.imageId);
    if (file === undefined) return notFound();
    const found = await openVariant(dataFolder, file, address.variant);
    if (!found) return notFound();
    try {
      if (!found.isExact && !toldMissing.has(address.imageId)) {
        toldMissing.add(address.imageId);
        onMissingThumbnail(address.imageId, file);
      }
      return await respond(asked, found, `"${address.imageId}-${address.variant}-${found.size}"`);
    } finally {
      await found.handle.close();
    }
  };
}

/** It has no row with a file yet, and is another one a moment later. */
async function respondLive(dataFolder: string, imageId: string, method: string): Promise<Response> {
  const found = await openPicture(dataFolder, livePreviewFile(imageId));
  if (!found) return notFound();
  try {
    const headers = {
      'content-type': 'image/webp',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    };
    return new Response(method === 'HEAD' ? null : await found.handle.readFile(), { headers });
  } finally {
    await found.handle.close();
  }
}

type Found = { handle: FileHandle; file: string; size: number /** Not a stand-in. */; isExact: boolean };

async function respond({ method, headers }: Asked, found: Found, etag: string): Promise<Response> {
  const { handle, file, size, isExact } = found;
  const common = {
    // A picture never changes; a full one standing in for a thumbnail will not be needed for ever.
    'cache-control': isExact ? 'public, max-age=31536000, immutable' : 'no-store',
    ...(isExact && { etag }),
    'x-content-type-options': 'nosniff',
  };
  if (isExact && isKnown(headers.get('if-none-match'), etag)) {
    return new Response(null, { status: 304, headers: common });
  }
  const described = { ...common, 'content-type': contentTypeOf(file), 'accept-ranges': 'bytes' };
  if (method === 'HEAD') {
    return new Response(null, { headers: { ...described, 'content-length': String(size) } });
  }
  const ifRange = headers.get('if-range');
  const range = ifRange === null || ifRange === etag ? readRange(headers.get('range'), size) : 'none';
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...common, 'content-range': `bytes */${size}` } });
  }
  if (range === 'none') {
    const bytes = await handle.readFile();
    return new Response(bytes, { headers: { ...described, 'content-length': String(bytes.length) } });
  }
  const bytes = await readPart(handle, range.start, range.end - range.start);
  return new Response(bytes, {
    status: 206,
    headers: {
      ...described,
      'content-length': String(bytes.length),
      'content-range': `bytes ${range.start}-${range.start + bytes.length - 1}/${size}`,
    },
  });
}

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

function readAddress(url: URL): { imageId: string; variant: ImageVariant | 'live' } | null {
  const [, id, variantName, ...rest] = url.pathname.split('/');
  const variant = ([...imageVariants, 'live'] as const).find((known) => known === variantName);
  const imageId = idSchema.safeParse(id);
  if (!imageId.success || !variant || rest.length > 0) return null;
  return { imageId: imageId.data.toLowerCase(), variant };
}

/** @returns the first file there is of those that can show a picture at this size, opened. */
async function openVariant(dataFolder: string, file: string, variant: ImageVariant): Promise<Found | null> {
  const full = file.endsWith('.png') ? [displayOf(file), file] : [file];
  const exact = variant === 'full' ? full : [thumbnailOf(file, variant === '512' ? 512 : 256)];
  const standIns = variant === 'full' ? [] : variant === '256' ? [thumbnailOf(file, 512), ...full] : full;
  for (const candidate of [...exact, ...standIns]) {
    const opened = await openPicture(dataFolder, candidate);
    if (opened) return { ...opened, file: candidate, isExact: exact.includes(candidate) };
  }
  return null;
}

async function openPicture(dataFolder: string, file: string) {
  const images = path.join(dataFolder, 'images') + path.sep;
  const target = path.join(dataFolder, file);
  // Rows are ours, but a database can come from anywhere.
  if (!target.startsWith(images)) return null;
  const handle = await open(target, 'r').catch(() => null);
  const found = await handle?.stat().catch(() => null);
  if (handle && found?.isFile()) return { handle, size: found.size };
  await handle?.close();
  return null;
}
