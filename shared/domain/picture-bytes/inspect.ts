// The one answer to what is in a picture's bytes, read without decoding a pixel.
import type { PictureFormat } from '../picture-files';
import { inspectAvif } from './avif';
import type { ContainerFacts, Orientation } from './facts';
import { formatOf } from './format-of';
import { inspectGif } from './gif';
import { inspectJpeg } from './jpeg';
import { findExif } from './metadata';
import { inspectPng } from './png';
import { inspectWebp } from './webp';

export type Inspection = ContainerFacts & { format: PictureFormat; orientation: Orientation };

const inspectors = {
  png: inspectPng,
  jpg: inspectJpeg,
  webp: inspectWebp,
  gif: inspectGif,
  avif: inspectAvif,
} satisfies Record<PictureFormat, (bytes: Uint8Array) => ContainerFacts>;

/** Never throws. Returns null when the signature is of no format that Afterimage keeps. */
export function inspect(bytes: Uint8Array): Inspection | null {
  const format = formatOf(bytes);
  if (!format) return null;
  // An AVIF's own turn comes behind: its EXIF must not be used (ISO/IEC 23008-12, annex A).
  const orientation = findExif(bytes, format)?.orientation ?? 1;
  return { format, orientation, ...inspectors[format](bytes) };
}
