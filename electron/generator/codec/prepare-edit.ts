// Converts a picture and its mask to the form that a service takes. Only this file knows all forms of masks.
import { readFile } from 'node:fs/promises';
import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import { type Frame, framedSize, maxEditPixels } from '../../../shared/domain/edits';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { readMaskSize } from '../../../shared/domain/mask-bytes';
import type { EditLimits, EditTask, PreparedEdit } from '../../../shared/generator/codec-messages';
import { openUpright, smoothIf } from './decode';
import { encodeGrayPng } from './gray-png';
import { validateImage } from './inspect';
import { boundsOf, type PartMask, partMask, regionOf } from './part-mask';

/** The colour of the marked part, and its opacity. */
const marking = { red: 255, green: 0, blue: 200, opacity: 0.6 };

/**
 * Prepares a picture and its mask for a service.
 *
 * @returns `file_missing`, `mask_gone`, `frame_too_large` or `unreadable_picture` if the change cannot be prepared.
 */
export async function prepareEdit({ form, limits, ...files }: EditTask): Promise<Result<PreparedEdit>> {
  const opened = await openEdit(files);
  if (!opened.ok) return opened;
  const { picture, mask, frame } = opened.value;
  const part = partMask(picture, mask, frame);
  const framed = { width: part.width, height: part.height };
  if (form === 'marked') {
    // Computed without the frame, because the service sees the picture without it.
    const own = mask ? partMask(picture, mask, null) : null;
    const bounds = boundsOf(own ?? part);
    const size = sizeWithinLimits(picture, limits);
    const marked = own ? await scaled(markPicture(picture, own), size).encode('png') : new Uint8Array(0);
    return success({ picture: new Uint8Array(0), mask: marked, ...size, framed, bounds });
  }
  const region = limits.isRegion ? regionOf(part) : { x: 0, y: 0, ...framed };
  const size = sizeWithinLimits(region, limits);
  const [pictureBytes, maskBytes] = await Promise.all([
    scaled(framePicture(picture, frame), size, region).encode('png'),
    encodeMask(part, size, form, region),
  ]);
  return success({ picture: pictureBytes, mask: maskBytes, ...size, framed, bounds: boundsOf(part) });
}

type Opened = { picture: Canvas; mask: Canvas | null; frame: Frame | null };

/** Opens the picture and its mask, after checking the headers of both. */
export async function openEdit({
  picture: pictureFile,
  mask: maskFile,
  frame,
}: Pick<EditTask, 'picture' | 'mask' | 'frame'>): Promise<Result<Opened>> {
  const bytes = await readFile(pictureFile).catch(() => null);
  if (!bytes) return failure('file_missing');
  if (!validateImage(bytes).ok) return failure('unreadable_picture');
  const picture = await openUpright(bytes).catch(() => null);
  if (!picture) return failure('unreadable_picture');
  const framed = framedSize(picture, frame ?? undefined);
  if (framed.width * framed.height > maxEditPixels) return failure('frame_too_large');
  if (maskFile === null) return success({ picture, mask: null, frame });
  const maskBytes = await readFile(maskFile).catch(() => null);
  const size = maskBytes && readMaskSize(maskBytes);
  if (!maskBytes || size?.width !== picture.width || size.height !== picture.height) {
    return failure('mask_gone');
  }
  const mask = await openUpright(maskBytes).catch(() => null);
  return mask ? success({ picture, mask, frame }) : failure('mask_gone');
}

/** Scales down to the maximum or up to the minimum, and rounds to the step. */
function sizeWithinLimits(
  { width, height }: { width: number; height: number },
  {
    step = 1,
    minPixels = 1,
    maxPixels = Number.POSITIVE_INFINITY,
    maxEdge = Number.POSITIVE_INFINITY,
  }: EditLimits,
): { width: number; height: number } {
  const pixels = width * height;
  const down = Math.min(Math.sqrt(maxPixels / pixels), maxEdge / Math.max(width, height));
  const scale = Math.min(down, Math.max(1, Math.sqrt(minPixels / pixels)));
  const most = Math.floor(Math.min(maxEdge, 65_536) / step) * step;
  const sizeBy = (round: (steps: number) => number) => {
    const side = (pixels: number) => Math.min(most, Math.max(step, round((pixels * scale) / step) * step));
    return { width: side(width), height: side(height) };
  };
  const nearest = sizeBy(Math.round);
  // Rounded up, it may have more pixels than allowed; rounded down, fewer than needed.
  if (nearest.width * nearest.height > maxPixels) return sizeBy(Math.floor);
  return nearest.width * nearest.height < minPixels ? sizeBy(Math.ceil) : nearest;
}

/** Fills the added area with a stretched copy of the picture, so that a model starts from matching colours. */
function framePicture(picture: Canvas, frame: Frame | null): Canvas {
  const { width, height } = framedSize(picture, frame ?? undefined);
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (frame) {
    pen.imageSmoothingQuality = 'low';
    pen.drawImage(picture, 0, 0, width, height);
    pen.clearRect(frame.left, frame.top, picture.width, picture.height);
  }
  pen.drawImage(picture, frame?.left ?? 0, frame?.top ?? 0);
  return canvas;
}

type Region = { x: number; y: number; width: number; height: number };

/** @param region of the canvas; absent: all of it. */
function scaled(
  canvas: Canvas,
  { width, height }: { width: number; height: number },
  region: Region = { x: 0, y: 0, width: canvas.width, height: canvas.height },
): Canvas {
  const isWhole = region.width === canvas.width && region.height === canvas.height;
  if (isWhole && canvas.width === width && canvas.height === height) return canvas;
  const target = createCanvas(width, height);
  const pen = target.getContext('2d');
  smoothIf(pen, region.width !== width || region.height !== height);
  const { x, y } = region;
  pen.drawImage(canvas, x, y, region.width, region.height, 0, 0, width, height);
  return target;
}

/** @param form `gray`: white changes. `alpha`: transparent changes. */
async function encodeMask(
  part: PartMask,
  size: { width: number; height: number },
  form: 'gray' | 'alpha',
  region: Region,
): Promise<Uint8Array> {
  const { width, height, gray } = part;
  const canvas = createCanvas(width, height);
  const pixels = new Uint8ClampedArray(width * height * 4);
  // Only in the alpha channel, so that scaling does not mix it with colours.
  for (let index = 0; index < gray.length; index += 1) pixels[index * 4 + 3] = 255 - (gray[index] ?? 0);
  canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
  const target = scaled(canvas, size, region);
  if (form === 'alpha') return target.encode('png');
  const { data } = target.getContext('2d').getImageData(0, 0, size.width, size.height);
  const scaledGray = new Uint8Array(size.width * size.height);
  for (let index = 0; index < scaledGray.length; index += 1)
    scaledGray[index] = 255 - (data[index * 4 + 3] ?? 0);
  return encodeGrayPng(size.width, size.height, scaledGray);
}

function markPicture(picture: Canvas, { width, height, gray }: PartMask): Canvas {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.drawImage(picture, 0, 0);
  const overlay = createCanvas(width, height);
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let index = 0; index < gray.length; index += 1) {
    pixels[index * 4] = marking.red;
    pixels[index * 4 + 1] = marking.green;
    pixels[index * 4 + 2] = marking.blue;
    pixels[index * 4 + 3] = Math.round((gray[index] ?? 0) * marking.opacity);
  }
  overlay.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
  pen.drawImage(overlay, 0, 0);
  return canvas;
}
