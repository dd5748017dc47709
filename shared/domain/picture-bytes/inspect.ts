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
 * A file that breaks off has `isComplete: false`. The importer, located files and previews refuse it, because the user
 * has a complete one or gets the next one. The bytes of a paid answer are opened all the same, and shown if the codec can
 * open them: they cannot be had again without paying, most decoders show a JPEG without its last two bytes as if it were
 * complete, and a picture whose lowest lines are missing is better than none. A file that only the local disk has cut
 * short is recognised by its length (generator/arrivals.ts).
 *
 * Never throws. Returns null when the signature is of no format that Afterimage keeps.
 */
export function inspect(bytes: Uint8Array): Inspection | null {
  const format = formatOf(bytes);
  if (!format) return null;
  // An AVIF's own turn comes behind: its EXIF must not be used (ISO/IEC 23008-12, annex A). Chromium ignores a WebP's EXIF.
  const orientation = format === 'webp' ? 1 : (findExif(bytes, format)?.orientation ?? 1);
  return { format, orientation, ...inspectors[format](bytes) };
}
