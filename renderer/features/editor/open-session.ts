// Loads a picture's details and unfinished edit for the editor.

import { type EditDraft, maxEditPixels, maxEditSide } from '../../../shared/domain/edits';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { createPainter, type Painter } from './mask/painter';

export type EditSession = {
  image: GalleryImage;
  draft: EditDraft | null;
  painter: Painter;
  /** Whether the main process has the draft. */
  isKept: boolean;
};

/** Work that could not be saved when its editor closed, for example on a full disk. Reopening the editor restores it. */
const unkept = new Map<string, Pick<EditSession, 'draft' | 'painter'>>();

/** Holds work in memory, because the main process could not save it. */
export function holdUnkept(draft: EditDraft, painter: Painter): void {
  unkept.set(draft.imageId, { draft, painter });
}

/** Loads a picture and its edit draft. Returns a sentence if that fails. */
export async function openSession(imageId: string): Promise<EditSession | { problem: string }> {
  const [tiles, draft] = await Promise.all([
    request('gallery:tiles', { ids: [imageId] }),
    request('edits:draft', { imageId }),
  ]);
  if (!tiles.ok) return { problem: tiles.message };
  // Without the draft, the first stroke would overwrite the saved work.
  if (!draft.ok) return { problem: draft.message };
  const image = tiles.value[0];
  if (!image || image.state !== undefined) return { problem: t('errors.not_found') };
  const { width, height } = image;
  if (Math.max(width, height) > maxEditSide || width * height > maxEditPixels)
    return { problem: t('editor.too_large') };
  const held = unkept.get(imageId);
  unkept.delete(imageId);
  if (held) return { image, ...held, isKept: false };
  const kept = draft.value;
  const bytes = kept?.mask ? await readMask(kept.mask, image) : undefined;
  // A mask that cannot be shown must not be sent.
  const isLost = bytes === null;
  if (isLost) toast(t('editor.mask_unreadable'), { tone: 'problem' });
  return {
    image,
    draft: kept && isLost ? { ...kept, mask: null } : kept,
    painter: createPainter(width, height, bytes ?? undefined),
    isKept: true,
  };
}

/** Returns one byte a pixel; null if there is no such mask of the picture's size. */
async function readMask(maskId: string, { width, height }: GalleryImage): Promise<Uint8Array | null> {
  const reply = await request('edits:mask', { maskId });
  if (!reply.ok) return null;
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(reply.value)], { type: 'image/png' }), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  }).catch(() => null);
  const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!bitmap || !pen || bitmap.width !== width || bitmap.height !== height) return null;
  pen.drawImage(bitmap, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const bytes = new Uint8Array(width * height);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = data[at * 4] ?? 0;
  return bytes;
}
