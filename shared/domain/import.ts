// Limits of an import, and the reasons why a file is skipped.

/** Maximum number of files or folders in one drop; a folder counts as one. */
export const maxDroppedFiles = 10_000;
/** Maximum number of files that one import examines. */
export const maxImportedFiles = 100_000;
/** Maximum number of pixels of a picture that is converted when it is imported. */
export const maxConvertedPixels = 100_000_000;
/** Maximum size of an imported file, in bytes. */
export const maxImportBytes = 256 * 1024 * 1024;

/** Maximum size of a picture that is pasted, or dropped without a file, in bytes: it is copied between processes. */
export const maxPastedBytes = 100 * 1024 * 1024;

/** Why a file was skipped. The report shows it after the file's name. */
export const skipSentences = {
  'not-a-picture': 'not a PNG, JPEG, WebP, AVIF, GIF, HEIC, JPEG XL, TIFF, BMP or SVG',
  empty: 'empty',
  truncated: 'incomplete',
  unreadable: 'cannot be opened',
  'too-large': 'larger than 200 megapixels or 256 MB',
  'too-large-to-convert': 'larger than 100 megapixels, which is too large to convert from its format',
  duplicate: 'already in the gallery',
  'in-trash': 'in Trash; restore it there',
  link: 'a link, which is not followed',
  ours: 'belongs to Afterimage’s own data',
  'too-deep': 'a folder nested too deep',
  'too-many': `more than ${maxImportedFiles.toLocaleString('en')} files`,
  'not-stored': 'could not be written to disk',
} as const;

export type SkipReason = keyof typeof skipSentences;

/** Says why a file was not attached to a message. @param name of the file. */
export function describeRefusal(name: string, reason: SkipReason): string {
  const why = skipSentences[reason];
  return `“${name}” was not attached: it ${/^(cannot|could)/.test(why) ? why : `is ${why}`}.`;
}

export type SkippedFile = { name: string; reason: SkipReason };
