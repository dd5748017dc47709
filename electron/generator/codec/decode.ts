// The image codec, the only code that decodes pictures: opens, measures and shrinks them.
import { createCanvas, Image, type SKRSContext2D } from '@napi-rs/canvas';
import { rgbaToThumbHash } from 'thumbhash';
import type { ThumbnailSide } from '../../../shared/domain/picture-files';

const thumbnailQuality = 80;
/** ThumbHash accepts at most 100 by 100 pixels: https://evanw.github.io/thumbhash/ */
const hashSide = 100;

/** @throws if the bytes are no picture. May accept a truncated one, so call `validateImage` first. */
export async function decode(bytes: Uint8Array): Promise<Image> {
  const image = new Image();
  image.src = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await image.decode();
  if (image.width < 1 || image.height < 1) throw new Error('The picture has no size.');
  return image;
}

/** Returns a WebP of at most `side` pixels on its longest side. */
export function encodeThumbnail(image: Image, side: ThumbnailSide): Promise<Buffer> {
  return shrink(image, side).encode('webp', thumbnailQuality);
}

/** Returns a WebP of the same size. @param quality 0 to 100. */
export function encodeDisplay(image: Image, quality: number): Promise<Buffer> {
  return shrink(image, Number.POSITIVE_INFINITY).encode('webp', quality);
}

/** Returns a PNG of the same size. */
export function encodePng(image: Image): Promise<Buffer> {
  return shrink(image, Number.POSITIVE_INFINITY).encode('png');
}

/** Returns a JPEG of the same size, on white where the picture is transparent. @param quality 0 to 100. */
export function encodeJpeg(image: Image, quality: number): Promise<Buffer> {
  const canvas = shrink(image, Number.POSITIVE_INFINITY);
  const pen = canvas.getContext('2d');
  pen.globalCompositeOperation = 'destination-over';
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return canvas.encode('jpeg', quality);
}

/** Returns the ThumbHash of a picture, about 25 bytes. */
export function thumbhashOf(image: Image): Uint8Array {
  const canvas = shrink(image, hashSide);
  const { width, height } = canvas;
  return rgbaToThumbHash(width, height, canvas.getContext('2d').getImageData(0, 0, width, height).data);
}

/** Skia's best filter also softens a picture that keeps its size, so it is used for scaling alone. */
export function smoothIf(pen: SKRSContext2D, isScaled: boolean): void {
  pen.imageSmoothingEnabled = isScaled;
  pen.imageSmoothingQuality = 'high';
}

function shrink(image: Image, longestSide: number) {
  const scale = Math.min(1, longestSide / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  smoothIf(pen, scale < 1);
  pen.drawImage(image, 0, 0, width, height);
  return canvas;
}
