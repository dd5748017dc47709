// Loads what the editor needs of a picture: its details, and what is in work for it.

import { type EditDraft, maxEditPixels, maxEditSide } from '../../../shared/domain/edits';
import { type Result, success } from '../../../shared/domain/errors';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { createPainter, type Painter } from './mask/painter';

export type EditSession = { image: GalleryImage; draft: EditDraft | null; painter: Painter };

export async function openSession(imageId: string): Promise<EditSession | { problem: string }> {
  const [tiles, draft] = await Promise.all([
    request('gallery:tiles', { ids: [imageId] }),
    request('edits:draft', { imageId }),
  ]);
  if (!tiles.ok) return { problem: tiles.message };
  const image = tiles.value[0];
  if (!image || image.state !== undefined) return { problem: t('errors.not_found') };
  const { width, height } = image;
  if (Math.max(width, height) > maxEditSide || width * height > maxEditPixels)
    return { problem: t('editor.too_large') };
  const kept = draft.ok ? draft.value : null;
  const bytes = kept?.mask ? await readMask(kept.mask, image) : success(undefined);
  return {
    image,
    draft: kept && !bytes.ok ? { ...kept, mask: null } : kept,
    painter: createPainter(width, height, bytes.ok ? bytes.value : undefined),
  };
}

/** Returns one byte a pixel. */
async function readMask(
  maskId: string,
  { width, height }: GalleryImage,
): Promise<Result<Uint8Array | undefined>> {
  const reply = await request('edits:mask', { maskId });
  if (!reply.ok) return reply;
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(reply.value)], { type: 'image/png' }), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  }).catch(() => null);
  const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!bitmap || !pen || bitmap.width !== width || bitmap.height !== height) return success(undefined);
  pen.drawImage(bitmap, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const bytes = new Uint8Array(width * height);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = data[at * 4] ?? 0;
  return success(bytes);
}
