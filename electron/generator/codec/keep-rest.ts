// Restores the original around the part that a service changed.
import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { KeepRestTask } from '../../../shared/generator/codec-messages';
import { openUpright, smoothIf } from './decode';
import { validateImage } from './inspect';
import { partMask, regionOf } from './part-mask';
import { openEdit } from './prepare-edit';

/** Pixels blended at once: those of two large pictures would take 16 bytes each. */
const maxBandPixels = 1_000_000;

/**
 * Returns a PNG of the original's size plus its frame. Where the mask is black, pixels are those of the original;
 * where it is gray, they are blended. The service's result is scaled to the region that the service was shown.
 *
 * @returns a failure if a file cannot be opened.
 */
export async function keepRest({ made, ...files }: KeepRestTask): Promise<Result<Uint8Array>> {
  const opened = await openEdit(files);
  if (!opened.ok) return opened;
  const { picture, mask, frame } = opened.value;
  if (!validateImage(made).ok) return failure('unreadable_picture');
  const changed = await openUpright(made).catch(() => null);
  if (!changed) return failure('unreadable_picture');
  const part = partMask(picture, mask, frame);
  const { width, height, gray } = part;
  const place = { x: frame?.left ?? 0, y: frame?.top ?? 0, width: picture.width, height: picture.height };
  const region = regionOf(part);
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  const rows = Math.max(1, Math.floor(maxBandPixels / width));
  for (let top = 0; top < height; top += rows) {
    const band = { top, width, height: Math.min(rows, height - top) };
    const original = pixelsOf(picture, place, band);
    const result = pixelsOf(changed, region, band);
    for (let index = 0; index < band.width * band.height; index += 1) {
      mix(original, result, index * 4, (gray[top * width + index] ?? 0) / 255);
    }
    pen.putImageData(new ImageData(original, width, band.height), 0, top);
  }
  return success(await canvas.encode('png'));
}

type Band = { top: number; width: number; height: number };

/** Returns a band of the pixels of an image drawn at a position. */
function pixelsOf(
  image: Canvas,
  place: { x: number; y: number; width: number; height: number },
  { top, width, height }: Band,
): Uint8ClampedArray {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  smoothIf(pen, image.width !== place.width || image.height !== place.height);
  pen.drawImage(image, place.x, place.y - top, place.width, place.height);
  return pen.getImageData(0, 0, width, height).data;
}

/** Blends a pixel into the first picture. Colours are weighted by alpha. */
function mix(into: Uint8ClampedArray, other: Uint8ClampedArray, at: number, share: number): void {
  if (share === 0) return;
  const [ownAlpha, otherAlpha] = [(into[at + 3] ?? 0) * (1 - share), (other[at + 3] ?? 0) * share];
  const alpha = ownAlpha + otherAlpha;
  for (let channel = 0; channel < 3 && alpha > 0; channel += 1) {
    const [own, others] = [into[at + channel] ?? 0, other[at + channel] ?? 0];
    into[at + channel] = Math.round((own * ownAlpha + others * otherAlpha) / alpha);
  }
  into[at + 3] = Math.round(alpha);
}
