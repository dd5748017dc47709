// Local changes of a picture: rotate, mirror, straighten, crop and enlarge, in this order.
import { readFile } from 'node:fs/promises';
import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import {
  changedSize,
  isOnlyTurned,
  isTooLargeHere,
  type LocalEdit,
  straightenScale,
  turnedSize,
} from '../../../shared/domain/edits';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { turnJpeg } from '../../../shared/domain/picture-bytes/turn-jpeg';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import type { ChangeHereTask } from '../../../shared/generator/codec-messages';
import { openUpright, smoothIf } from './decode';
import { validateImage } from './inspect';
import { enlarge } from './lanczos';
import { fitsWebp } from './webp-limits';

/** Quality (0 to 100) for a JPEG that must be encoded again, at which the loss is not visible. */
const jpegQuality = 95;
/** At this quality the encoder writes a lossless WebP. */
const losslessQuality = 100;

/**
 * Returns the changed picture's file in the format of its original where possible. PNG and WebP stay lossless. A
 * JPEG that is only turned or mirrored is not encoded again; otherwise it is, at `jpegQuality`. AVIF and GIF become
 * PNG.
 *
 * @returns `file_missing`; `not_changed` if the file is animated or cannot be opened; `change_too_large`;
 *   `bad_request` for a crop outside of the picture.
 */
export async function changeHere({ file, change }: ChangeHereTask): Promise<Result<Uint8Array>> {
  const bytes = await readFile(file).catch(() => null);
  if (!bytes) return failure('file_missing');
  const inspected = validateImage(bytes);
  if (!inspected.ok || inspected.value.isAnimated) return failure('not_changed');
  const picture = await openUpright(bytes).catch(() => null);
  if (!picture) return failure('not_changed');
  const size = changedSize(picture, change);
  if (!size) return failure('bad_request');
  if (isTooLargeHere(size)) return failure('change_too_large');
  const { format } = inspected.value;
  if (format === 'jpg' && isOnlyTurned(change)) return success(turnJpeg(bytes, change));
  return success(await encode(draw(picture, change), format));
}

function draw(picture: Canvas, change: LocalEdit): Canvas {
  const { quarterTurns, mirrored, straighten, scale } = change;
  const turned = turnedSize(picture, change);
  const crop = change.crop ?? { left: 0, top: 0, ...turned };
  const canvas = createCanvas(crop.width, crop.height);
  const pen = canvas.getContext('2d');
  // Without straightening, each pixel maps to exactly one pixel.
  smoothIf(pen, straighten !== 0);
  pen.translate(turned.width / 2 - crop.left, turned.height / 2 - crop.top);
  pen.rotate((straighten * Math.PI) / 180);
  const enlarged = straighten === 0 ? 1 : straightenScale(turned, straighten);
  pen.scale(mirrored ? -enlarged : enlarged, enlarged);
  turn(pen, quarterTurns);
  pen.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return scale === 1 ? canvas : enlargeCanvas(canvas, scale);
}

/** Uses integer matrices, because the rounding error of a rotation by an angle would soften the picture. */
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

async function encode(canvas: Canvas, format: PictureFormat): Promise<Uint8Array> {
  if (format === 'jpg') return canvas.encode('jpeg', jpegQuality);
  const isWebp = format === 'webp' && fitsWebp(canvas);
  return isWebp ? canvas.encode('webp', losslessQuality) : canvas.encode('png');
}
