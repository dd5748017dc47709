// The single source of facts about a picture's bytes, read without decoding pixels.
import type { PictureFormat } from '../picture-files';
import { inspectAvif } from './avif';
import type { ContainerFacts, Orientation } from './facts';
import { formatOf } from './format-of';
import { inspectGif } from './gif';
import { inspectJpeg } from './jpeg';
import { findExif } from './metadata';
import { inspectPng } from './png';
import { inspectWebp } from './webp';

export type Inspection = ContainerFacts & {
  format: PictureFormat;
  /** How Chromium turns the stored pixels for display. tests/pixels compares it with Chromium. */
  orientation: Orientation;
};

const inspectors = {
  png: inspectPng,
  jpg: inspectJpeg,
  webp: inspectWebp,
  gif: inspectGif,
  avif: inspectAvif,
} satisfies Record<PictureFormat, (bytes: Uint8Array) => ContainerFacts>;

/**
 * A truncated file has `isComplete: false`. Imports, located files and previews reject it, because the user has a complete
 * one or the next preview follows. The bytes of a paid answer are shown if the codec can open them: another attempt would
 * cost money, most decoders show a JPEG without its last two bytes as if it were complete, and a picture without its lowest
 * lines is better than none. A file that was truncated by the local disk is recognised by its length
 * (generator/arrivals.ts).
 *
 * Never throws. Returns null for a format that Afterimage does not keep unchanged.
 */
export function inspect(bytes: Uint8Array): Inspection | null {
  const format = formatOf(bytes);
  if (!format) return null;
  // `inspectAvif` overrides the orientation, because an AVIF's EXIF must not be used (ISO/IEC 23008-12, annex A). Chromium
  // ignores a WebP's EXIF.
  const orientation = format === 'webp' ? 1 : (findExif(bytes, format)?.orientation ?? 1);
  return { format, orientation, ...inspectors[format](bytes) };
}
