// The image codec: opens, measures and shrinks pictures as Chromium shows them.
import { type Canvas, createCanvas, Image, type SKRSContext2D } from '@napi-rs/canvas';
import { rgbaToThumbHash } from 'thumbhash';
import type { Orientation, Size } from '../../../shared/domain/picture-bytes/facts';
import { inspect } from '../../../shared/domain/picture-bytes/inspect';
import type { ThumbnailSide } from '../../../shared/domain/picture-files';
import { convertColours, foreignProfile, prepareForCodec } from './colours';
import type { Pixels } from './fingerprint';

const thumbnailQuality = 80;
/** ThumbHash accepts at most 100 by 100 pixels: https://evanw.github.io/thumbhash/ */
const hashSide = 100;

/**
 * A decoded picture. Its pixels are stored without applying its orientation; `width` and `height` are those of the
 * upright picture.
 */
export type Picture = {
  width: number;
  height: number;
  image: Image;
  orientation: Orientation;
  /** The ICC profile that the codec has not applied; null for none. */
  profile: Uint8Array | null;
};

/**
 * Decodes a picture. May accept truncated bytes, so call `validateImage` first.
 *
 * @throws if the bytes are not a picture.
 */
export async function decode(bytes: Uint8Array): Promise<Picture> {
  const inspection = inspect(bytes);
  const orientation = inspection?.orientation ?? 1;
  const image = await decodeAsStored(inspection ? prepareForCodec(bytes, inspection) : bytes);
  const profile = inspection ? foreignProfile(bytes, inspection) : null;
  return { ...uprightSize(image, orientation), image, orientation, profile };
}

/** Decodes bytes without preparation. @throws if they are not a picture. */
export async function decodeAsStored(bytes: Uint8Array): Promise<Image> {
  const image = new Image();
  image.src = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await image.decode();
  if (image.width < 1 || image.height < 1) throw new Error('The picture has no size.');
  return image;
}

/** Frees the pixels now, because the garbage collector does not know that they take hundreds of megabytes. */
export function release({ image }: Pick<Picture, 'image'>): void {
  image.src = Buffer.alloc(0);
}

/** Decodes a picture, and releases it after `use`. @throws as `decode` and `use` do. */
export async function withPicture<Value>(
  bytes: Uint8Array,
  use: (picture: Picture) => Value | Promise<Value>,
): Promise<Value> {
  const picture = await decode(bytes);
  try {
    return await use(picture);
  } finally {
    release(picture);
  }
}

/** Returns the pixels of a picture, upright and in sRGB. @throws as `decode` does. */
export function openUpright(bytes: Uint8Array): Promise<Canvas> {
  return withPicture(bytes, uprightCanvas);
}

/** Returns a WebP whose longest side is at most `side` pixels. */
export async function encodeThumbnail(picture: Picture, side: ThumbnailSide): Promise<Buffer> {
  return (await shrink(picture, side)).encode('webp', thumbnailQuality);
}

/** Returns a WebP of the same size. @param quality 0 to 100. */
export async function encodeDisplay(picture: Picture, quality: number): Promise<Buffer> {
  return (await uprightCanvas(picture)).encode('webp', quality);
}

/** Returns a PNG of the same size. */
export async function encodePng(picture: Picture): Promise<Buffer> {
  return (await uprightCanvas(picture)).encode('png');
}

/** Returns a JPEG of the same size, on white where the picture is transparent. @param quality 0 to 100. */
export async function encodeJpeg(picture: Picture, quality: number): Promise<Buffer> {
  const canvas = await uprightCanvas(picture);
  const pen = canvas.getContext('2d');
  pen.globalCompositeOperation = 'destination-over';
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return canvas.encode('jpeg', quality);
}

/** Returns the ThumbHash of a picture, about 25 bytes. */
export async function thumbhashOf(picture: Picture): Promise<Uint8Array> {
  const { width, height, data } = await pixelsWithin(picture, hashSide);
  return rgbaToThumbHash(width, height, data);
}

/** Returns the upright pixels of the picture, with a longest side of at most `side`. */
export async function pixelsWithin(picture: Picture, side: number): Promise<Pixels> {
  const canvas = await shrink(picture, side);
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
}

/** Enables smoothing only for scaling, because Skia's best filter softens a picture even at its own size. */
export function smoothIf(pen: SKRSContext2D, isScaled: boolean): void {
  pen.imageSmoothingEnabled = isScaled;
  pen.imageSmoothingQuality = 'high';
}

/** Returns the pixels of a picture, upright and in sRGB. */
export function uprightCanvas(picture: Picture): Promise<Canvas> {
  return shrink(picture, Number.POSITIVE_INFINITY);
}

/**
 * Returns the picture upright and in sRGB, with a longest side of at most `longestSide`. Converts colours after
 * scaling, because the conversion takes time for each pixel.
 */
async function shrink(picture: Picture, longestSide: number): Promise<Canvas> {
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  smoothIf(pen, scale < 1);
  pen.transform(...transformOf(picture.orientation, canvas));
  const [drawnWidth, drawnHeight] = isQuarterTurned(picture.orientation) ? [height, width] : [width, height];
  pen.drawImage(picture.image, 0, 0, drawnWidth, drawnHeight);
  return picture.profile ? convertColours(canvas, picture.profile) : canvas;
}

/** Returns the size of the upright picture. */
export function uprightSize({ width, height }: Size, orientation: Orientation): Size {
  return isQuarterTurned(orientation) ? { width: height, height: width } : { width, height };
}

function isQuarterTurned(orientation: Orientation): boolean {
  return orientation >= 5;
}

type Transform = [a: number, b: number, c: number, d: number, e: number, f: number];

/** Returns the matrix from stored to upright coordinates. @param upright size of the upright picture. */
export function transformOf(orientation: Orientation, { width, height }: Size): Transform {
  return turns[orientation](width, height);
}

/** Matrices from stored to upright coordinates, for the upright size. */
const turns: Readonly<Record<Orientation, (width: number, height: number) => Transform>> = {
  1: () => [1, 0, 0, 1, 0, 0],
  2: (width) => [-1, 0, 0, 1, width, 0],
  3: (width, height) => [-1, 0, 0, -1, width, height],
  4: (_width, height) => [1, 0, 0, -1, 0, height],
  5: () => [0, 1, 1, 0, 0, 0],
  6: (width) => [0, 1, -1, 0, width, 0],
  7: (width, height) => [0, -1, -1, 0, width, height],
  8: (_width, height) => [0, -1, 1, 0, 0, height],
};
