// Makes the codec decode colours as Chromium shows them, where it does not support the way in which a file
// specifies them.
import { type Canvas, createCanvas, Image } from '@napi-rs/canvas';
import { avifColour } from '../../../shared/domain/picture-bytes/avif';
import type { Inspection } from '../../../shared/domain/picture-bytes/inspect';
import { metadataIn } from '../../../shared/domain/picture-bytes/metadata';
import { webpChunks } from '../../../shared/domain/picture-bytes/webp';
import { curvesByCode, primariesByCode, writeIccProfile } from './icc-profile';
import { pngCodePoints, preparePng } from './prepare-png';

/**
 * Prepares bytes for the codec. Hides the EXIF orientation of JPEG and WebP, because the codec would apply it and
 * lose the colour profile. A PNG gets a profile instead of its code points, and loses chunks that do not affect its
 * pixels.
 */
export function prepareForCodec(bytes: Uint8Array, { format, orientation }: Inspection): Uint8Array {
  if (format === 'png') return withProfileOfCodePoints(bytes);
  if (format === 'webp') return withoutExif(bytes, format);
  return format === 'jpg' && orientation !== 1 ? withoutExif(bytes, format) : bytes;
}

/** Renames the EXIF block in a copy instead of removing it, so that all offsets stay valid. */
function withoutExif(bytes: Uint8Array, format: 'jpg' | 'webp'): Uint8Array {
  const names =
    format === 'webp'
      ? [...webpChunks(bytes)].filter(({ name }) => name === 'EXIF').map(({ start }) => start)
      : // An APP1 segment begins with a marker and a length of two bytes each.
        [...metadataIn(bytes, format)].filter(({ kind }) => kind === 'exif').map(({ start }) => start + 4);
  if (names.length === 0) return bytes;
  const copy = new Uint8Array(bytes);
  for (const at of names) copy[at] = 'x'.charCodeAt(0);
  return copy;
}

function withProfileOfCodePoints(png: Uint8Array): Uint8Array {
  const [primaries = 0, curve = 0] = pngCodePoints(png) ?? [];
  if (isSrgb(primaries, curve)) return preparePng(png, null);
  const profile = profileOf(primaries, curve);
  return profile ? preparePng(png, profile) : preparePng(png);
}

/** Returns the ICC profile of an AVIF, because the codec leaves its colours as stored; null for sRGB. */
export function foreignProfile(bytes: Uint8Array, { format }: Pick<Inspection, 'format'>): Uint8Array | null {
  return format === 'avif' ? isoProfile(bytes) : null;
}

/** Returns the ICC profile that an AVIF or HEIC contains or specifies by code points; null for sRGB. */
export function isoProfile(bytes: Uint8Array): Uint8Array | null {
  const colour = avifColour(bytes);
  return colour?.icc ?? (colour ? profileOf(colour.primaries, colour.curve) : null);
}

const [bt709, unspecified, srgbCurve] = [1, 2, 13];
/** Transfer curves of video, which Chromium treats as the sRGB curve. */
const videoCurves = [1, 6, 14, 15];

/** @returns null for sRGB, and for code points that are unknown, unspecified, or mean a high dynamic range. */
function profileOf(primaries: number, curve: number): Uint8Array | null {
  const known = primariesByCode[primaries];
  const curveOf = curvesByCode[shownCurve(curve)];
  return !known || !curveOf || isSrgb(primaries, curve) ? null : writeIccProfile(known, curveOf);
}

function isSrgb(primaries: number, curve: number): boolean {
  return primaries === bt709 && shownCurve(curve) === srgbCurve;
}

function shownCurve(curve: number): number {
  return videoCurves.includes(curve) || curve === unspecified ? srgbCurve : curve;
}

/** Converts a canvas whose numbers are in the profile's colour space to sRGB, by decoding a PNG with this profile. */
export async function convertColours(canvas: Canvas, profile: Uint8Array): Promise<Canvas> {
  const image = new Image();
  image.src = Buffer.from(preparePng(await canvas.encode('png'), profile));
  await image.decode();
  const converted = createCanvas(canvas.width, canvas.height);
  converted.getContext('2d').drawImage(image, 0, 0);
  // Frees the pixels: the garbage collector does not know how much memory they take.
  image.src = Buffer.alloc(0);
  return converted;
}
