// Changes that this computer makes itself: turned, mirrored, straightened, cropped, enlarged, in this order.
import { readFile } from 'node:fs/promises';
import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import {
  changedSize,
  type LocalEdit,
  maxLocalPixels,
  straightenScale,
  turnedSize,
  type Upscale,
} from '../../../shared/domain/edits';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { turnJpeg } from '../../../shared/domain/picture-bytes/turn-jpeg';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import type { ChangedHere, ChangeHereTask } from '../../../shared/generator/codec-messages';
import { writeWithoutFlush } from '../../files/write-atomically';
import { decode, smoothIf, uprightCanvas } from './decode';
import { validateImage } from './inspect';
import { enlarge } from './lanczos';
import { fitsWebp } from './webp-limits';

/** A JPEG that is more than turned or mirrored is encoded again. At this quality (0 to 100) the loss is not visible. */
const jpegQuality = 95;
/** The encoder writes a WebP without loss at this quality. */
const losslessQuality = 100;

/**
 * Writes the changed picture, in the format of its original if that can be written: PNG and WebP without loss, JPEG with
 * hardly any, and with none if it is only turned and mirrored. AVIF and GIF become PNG.
 *
 * @returns `not_changed` if the file is animated or cannot be opened, `change_too_large`, or `bad_request` for a part
 *   that is outside of the picture.
 */
export async function changeHere({ file, target, change }: ChangeHereTask): Promise<Result<ChangedHere>> {
  const changed = await encodeChanged(file, change);
  if (!changed.ok) return changed;
  const { encoded, ...facts } = changed.value;
  await writeWithoutFlush(target, encoded);
  return success(facts);
}

/** Returns the enlarged picture as `changeHere` would write it, or its failure. */
export async function enlargeHere(file: string, factor: Upscale['factor']): Promise<Result<Uint8Array>> {
  const change = { quarterTurns: 0, mirrored: false, straighten: 0, crop: null, scale: factor };
  const changed = await encodeChanged(file, change);
  return changed.ok ? success(changed.value.encoded) : changed;
}

async function encodeChanged(
  file: string,
  change: LocalEdit,
): Promise<Result<ChangedHere & { encoded: Uint8Array }>> {
  const bytes = await readFile(file).catch(() => null);
  if (!bytes) return failure('file_missing');
  const inspected = validateImage(bytes);
  if (!inspected.ok || inspected.value.isAnimated) return failure('not_changed');
  const picture = await decode(bytes).then(uprightCanvas, () => null);
  if (!picture) return failure('not_changed');
  const size = changedSize(picture, change);
  if (!size) return failure('bad_request');
  if (size.width * size.height > maxLocalPixels) return failure('change_too_large');
  const { format } = inspected.value;
  const { encoded, saved } =
    format === 'jpg' && isOnlyTurned(change)
      ? ({ encoded: turnJpeg(bytes, change), saved: 'lossless' } as const)
      : await encode(draw(picture, change), format);
  return success({ ...size, saved, encoded });
}

function isOnlyTurned({ straighten, crop, scale }: LocalEdit): boolean {
  return straighten === 0 && crop === null && scale === 1;
}

function draw(picture: Canvas, change: LocalEdit): Canvas {
  const { quarterTurns, mirrored, straighten, scale } = change;
  const turned = turnedSize(picture, change);
  const crop = change.crop ?? { left: 0, top: 0, ...turned };
  const canvas = createCanvas(crop.width, crop.height);
  const pen = canvas.getContext('2d');
  // Without straightening, each pixel becomes one pixel.
  smoothIf(pen, straighten !== 0);
  pen.translate(turned.width / 2 - crop.left, turned.height / 2 - crop.top);
  pen.rotate((straighten * Math.PI) / 180);
  const enlarged = straighten === 0 ? 1 : straightenScale(turned, straighten);
  pen.scale(mirrored ? -enlarged : enlarged, enlarged);
  turn(pen, quarterTurns);
  pen.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return scale === 1 ? canvas : enlargeCanvas(canvas, scale);
}

/** By whole numbers: a rotation by an angle would be off by a rounding error, and soften the picture. */
function turn(pen: ReturnType<Canvas['getContext']>, quarterTurns: number): void {
  const turns: readonly (readonly [number, number, number, number])[] = [
    [1, 0, 0, 1],
    [0, 1, -1, 0],
    [-1, 0, 0, -1],
    [0, -1, 1, 0],
  ];
  const [a, b, c, d] = turns[quarterTurns % 4] ?? [1, 0, 0, 1];
  pen.transform(a, b, c, d, 0, 0);
}

function enlargeCanvas(canvas: Canvas, factor: 2 | 4): Canvas {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const pixels = enlarge({ width, height, data }, factor);
  const target = createCanvas(width * factor, height * factor);
  target.getContext('2d').putImageData(new ImageData(pixels, width * factor, height * factor), 0, 0);
  return target;
}

async function encode(
  canvas: Canvas,
  format: PictureFormat,
): Promise<{ encoded: Uint8Array; saved: ChangedHere['saved'] }> {
  if (format === 'jpg') return { encoded: await canvas.encode('jpeg', jpegQuality), saved: 'jpeg' };
  const isWebp = format === 'webp' && fitsWebp(canvas);
  const encoded = isWebp ? await canvas.encode('webp', losslessQuality) : await canvas.encode('png');
  return { encoded, saved: 'lossless' };
}
