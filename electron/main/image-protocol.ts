// afterimage://image/<id>/<variant>: from an id to its row to its file, cached for ever.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type ImageVariant, imageVariants } from '../../shared/ipc';
import { contentTypeOf, thumbnailOf } from '../../shared/picture-files';
import { notFound } from './responses';

/**
 * Serves pictures by the id of their row. No part of the address ever becomes part of a path.
 *
 * @param fileOf the path of a picture relative to the data folder, or undefined where there is no such row.
 */
export function serveImages(dataFolder: string, fileOf: (imageId: string) => string | undefined) {
  return async (url: URL): Promise<Response> => {
    const address = readAddress(url);
    if (!address) return notFound();
    const file = fileOf(address.imageId);
    if (file === undefined) return notFound();
    const found = await readVariant(dataFolder, file, address.variant);
    if (!found) return notFound();
    return new Response(found.bytes, {
      headers: {
        'content-type': contentTypeOf(found.file),
        // A picture never changes; a full one standing in for a thumbnail will not be needed for ever.
        'cache-control': found.isExact ? 'public, max-age=31536000, immutable' : 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  };
}

const idSchema = z.uuid();

function readAddress(url: URL): { imageId: string; variant: ImageVariant } | null {
  const [, id, variantName, ...rest] = url.pathname.split('/');
  const variant = imageVariants.find((known) => known === variantName);
  const imageId = idSchema.safeParse(id);
  if (!imageId.success || !variant || rest.length > 0) return null;
  return { imageId: imageId.data.toLowerCase(), variant };
}

async function readVariant(dataFolder: string, file: string, variant: ImageVariant) {
  const wanted = variant === 'thumbnail' ? thumbnailOf(file) : file;
  for (const candidate of new Set([wanted, file])) {
    const bytes = await readFile(path.join(dataFolder, candidate)).catch(() => null);
    if (bytes) return { bytes, file: candidate, isExact: candidate === wanted };
  }
  return null;
}
