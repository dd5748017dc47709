// Lets the codec see a picture's colours as Chromium shows them, where it does not understand how the file names them.
import { deflateSync } from 'node:zlib';
import { type Canvas, createCanvas, Image } from '@napi-rs/canvas';
import { avifColour } from '../../../shared/domain/picture-bytes/avif';
import type { Inspection } from '../../../shared/domain/picture-bytes/inspect';
import { metadataIn } from '../../../shared/domain/picture-bytes/metadata';
import { pngChunks, pngSignature, writePngChunk } from '../../../shared/domain/picture-bytes/png';
import { type Chunk, concatenate, contentOf } from '../../../shared/domain/picture-bytes/span';
import { webpChunks } from '../../../shared/domain/picture-bytes/webp';
import { curvesByCode, primariesByCode, writeIccProfile } from './icc-profile';

/** Chunks of a PNG that name its colours. `cICP` counts before all others: https://www.w3.org/TR/png-3/#4Concepts.ColourSpaces */
const colourChunks = ['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM'];

/**
 * Returns the bytes as the codec is to open them: without the orientation that it would apply to some formats, losing
 * their profile, and with a PNG's code points as a profile.
 */
export function prepareForCodec(bytes: Uint8Array, { format, orientation }: Inspection): Uint8Array {
  if (format === 'png') return withProfileOfCodePoints(bytes);
  if (format === 'webp') return withoutExif(bytes, format);
  return format === 'jpg' && orientation !== 1 ? withoutExif(bytes, format) : bytes;
}

/** Renames what holds EXIF, in a copy, so that every offset stays. */
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
  const chunks = [...pngChunks(png)];
  const codePoints = chunks.find(({ name }) => name === 'cICP');
  const [primaries = 0, curve = 0] = codePoints ? contentOf(png, codePoints) : [];
  if (!codePoints) return png;
  if (isSrgb(primaries, curve)) return hasOtherColours(chunks) ? withProfile(png, null) : png;
  const profile = profileOf(primaries, curve);
  return profile ? withProfile(png, profile) : png;
}

/** Whether something beside code points names colours, which the codec would follow. */
function hasOtherColours(chunks: readonly Chunk[]): boolean {
  return chunks.some(({ name }) => name !== 'cICP' && colourChunks.includes(name));
}

/** Returns the PNG with this profile, or none for sRGB, instead of whatever names its colours. */
function withProfile(png: Uint8Array, profile: Uint8Array | null): Uint8Array {
  const [header, ...rest] = [...pngChunks(png)];
  if (!header) return png;
  // A name of one character, and no other packing than the one there is: https://www.w3.org/TR/png-3/#11iCCP
  const content = profile && concatenate([Uint8Array.of(0x70, 0, 0), deflateSync(profile)]);
  const kept = rest.filter(({ name }) => !colourChunks.includes(name));
  return concatenate([
    png.subarray(0, pngSignature.length),
    png.subarray(header.start, header.end),
    ...(content ? [writePngChunk('iCCP', content)] : []),
    ...kept.map(({ start, end }) => png.subarray(start, end)),
  ]);
}

/** Returns the ICC profile of an AVIF, whose colours the codec leaves as they are stored; null for sRGB. */
export function foreignProfile(
  bytes: Uint8Array,
  { format, hasColourProfile }: Inspection,
): Uint8Array | null {
  return format === 'avif' && hasColourProfile ? isoProfile(bytes) : null;
}

/** Returns the ICC profile that an AVIF or HEIC has, or names by code points; null for sRGB. */
export function isoProfile(bytes: Uint8Array): Uint8Array | null {
  const colour = avifColour(bytes);
  return colour?.icc ?? (colour ? profileOf(colour.primaries, colour.curve) : null);
}

const [bt709, unspecified, srgbCurve] = [1, 2, 13];
/** Curves of video, which Chromium takes for that of sRGB. */
const videoCurves = [1, 6, 14, 15];

/** @returns null for sRGB, and where a code point says nothing or means a high dynamic range. */
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

/** Returns a copy of a canvas whose numbers are in the profile's space, in sRGB: a PNG with this profile is decoded. */
export async function convertColours(canvas: Canvas, profile: Uint8Array): Promise<Canvas> {
  const image = new Image();
  image.src = Buffer.from(withProfile(await canvas.encode('png'), profile));
  await image.decode();
  const converted = createCanvas(canvas.width, canvas.height);
  converted.getContext('2d').drawImage(image, 0, 0);
  return converted;
}
