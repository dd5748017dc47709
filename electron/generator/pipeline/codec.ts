// The image codec: what opens, measures and shrinks pictures. Nothing else decodes one.
import { createCanvas, Image } from '@napi-rs/canvas';
import { rgbaToThumbHash } from 'thumbhash';
import type { PictureFormat, ThumbnailSide } from '../../../shared/domain/picture-files';

const thumbnailQuality = 80;
/** ThumbHash takes at most 100 by 100 pixels: https://evanw.github.io/thumbhash/ */
const hashSide = 100;

/**
 * Judges bytes by what they are, not by what they were declared to be.
 *
 * @returns the format by its signature, or null where it is none that Afterimage keeps.
 */
export function formatOf(bytes: Uint8Array): PictureFormat | null {
  const at = (offset: number, text: string) =>
    bytes.length >= offset + text.length &&
    [...text].every((character, index) => bytes[offset + index] === character.charCodeAt(0));
  if (at(0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (at(0, '\xff\xd8\xff')) return 'jpg';
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'webp';
  if (at(4, 'ftypavif') || at(4, 'ftypavis')) return 'avif';
  if (at(0, 'GIF87a') || at(0, 'GIF89a')) return 'gif';
  return null;
}

/** @throws where the bytes are no picture. One that breaks off may pass: see whole-picture.ts. */
export async function decode(bytes: Uint8Array): Promise<Image> {
  const image = new Image();
  image.src = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await image.decode();
  if (image.width < 1 || image.height < 1) throw new Error('The picture has no size.');
  return image;
}

/** @returns a WebP of at most `side` pixels on its longest side. */
export function encodeThumbnail(image: Image, side: ThumbnailSide): Promise<Buffer> {
  return shrink(image, side).encode('webp', thumbnailQuality);
}

/** @param quality 0 to 100. @returns a WebP of the same size. */
export function encodeDisplay(image: Image, quality: number): Promise<Buffer> {
  return shrink(image, Number.POSITIVE_INFINITY).encode('webp', quality);
}

/** @returns the ThumbHash of a picture, about 25 bytes. */
export function thumbhashOf(image: Image): Uint8Array {
  const canvas = shrink(image, hashSide);
  const { width, height } = canvas;
  return rgbaToThumbHash(width, height, canvas.getContext('2d').getImageData(0, 0, width, height).data);
}

function shrink(image: Image, longestSide: number) {
  const scale = Math.min(1, longestSide / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, width, height);
  return canvas;
}
