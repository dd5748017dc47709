// Limits of an import, and the reasons why a file is skipped.
import type { MessageId } from '../languages/en';
import { type Sentence, sentence } from '../languages/sentence';
import { t } from '../languages/translate';

/** Maximum number of files or folders in one drop; a folder counts as one. */
export const maxDroppedFiles = 10_000;
/** The longest path that Windows allows, in UTF-16 units. */
export const maxPathLength = 32_767;
/** Maximum number of files that one import examines. */
export const maxImportedFiles = 100_000;
/** Maximum number of pixels of any picture: a few kilobytes can decode to all the available memory. */
export const maxPicturePixels = 200_000_000;
/** Maximum number of pixels of a picture that is converted when it is imported. */
export const maxConvertedPixels = 200_000_000;
/** Up to this number of pixels, no decoder runs out of memory, however a picture is compressed. */
export const maxSurelyConvertedPixels = 50_000_000;
/** Maximum size of an imported file, in bytes. */
export const maxImportBytes = 256 * 1024 * 1024;

/** Why a file was skipped. The report shows it after the file's name. */
const skipIds = {
  'not-a-picture': 'storage.skipped_not_a_picture',
  empty: 'storage.skipped_empty',
  truncated: 'storage.skipped_truncated',
  unreadable: 'storage.skipped_unreadable',
  gone: 'storage.skipped_gone',
  changing: 'storage.skipped_changing',
  'no-decoder': 'storage.skipped_no_decoder',
  'too-large': 'storage.skipped_too_large',
  'too-large-to-convert': 'storage.skipped_too_large_to_convert',
  duplicate: 'storage.skipped_duplicate',
  'in-trash': 'storage.skipped_in_trash',
  link: 'storage.skipped_link',
  ours: 'storage.skipped_ours',
  'too-deep': 'storage.skipped_too_deep',
  'too-many': 'storage.skipped_too_many',
  'not-stored': 'storage.skipped_not_stored',
} as const satisfies Record<string, MessageId>;

const refusalIds = {
  'not-a-picture': 'storage.not_attached_not_a_picture',
  empty: 'storage.not_attached_empty',
  truncated: 'storage.not_attached_truncated',
  unreadable: 'storage.not_attached_unreadable',
  gone: 'storage.not_attached_gone',
  changing: 'storage.not_attached_changing',
  'no-decoder': 'storage.not_attached_no_decoder',
  'too-large': 'storage.not_attached_too_large',
  'too-large-to-convert': 'storage.not_attached_too_large_to_convert',
  duplicate: 'storage.not_attached_duplicate',
  'in-trash': 'storage.not_attached_in_trash',
  link: 'storage.not_attached_link',
  ours: 'storage.not_attached_ours',
  'too-deep': 'storage.not_attached_too_deep',
  'too-many': 'storage.not_attached_too_many',
  'not-stored': 'storage.not_attached_not_stored',
} as const satisfies Record<SkipReason, MessageId>;

export type SkipReason = keyof typeof skipIds;

export function isSkipReason(text: string): text is SkipReason {
  return Object.hasOwn(skipIds, text);
}

const limits = {
  count: maxImportedFiles,
  megapixels: maxConvertedPixels / 1e6,
  sure: maxSurelyConvertedPixels / 1e6,
};

/** Why a file was skipped, and the size in pixels of a picture that has too many. */
export type Skip = { reason: SkipReason; size?: { width: number; height: number } };

export type SkippedFile = { name: string } & Skip;

/** Explains why a file was skipped, in the language of the interface. */
export function explainSkip({ reason, size }: Skip): string {
  return size ? t('storage.skipped_too_many_pixels', pixelsOf(size)) : t(skipIds[reason], limits);
}

/** Explains why a file was not attached to a message. */
export function describeRefusal({ name, reason, size }: SkippedFile): Sentence {
  return size
    ? sentence('storage.not_attached_too_many_pixels', { name, ...pixelsOf(size) })
    : sentence(refusalIds[reason], { name, ...limits });
}

/** Rounded up, so that it never seems to be within the limit. */
function pixelsOf({ width, height }: { width: number; height: number }) {
  const megapixels = Math.ceil((width * height) / 1e5) / 10;
  return { width, height, megapixels, max: maxPicturePixels / 1e6 };
}

/** Features of a file that its shown picture lacks. The file itself is kept. */
const leftOutIds = {
  pages: 'import.note_pages',
  pictures: 'import.note_pictures',
  frames: 'import.note_frames',
  embedded: 'import.note_embedded',
  inks: 'import.note_inks',
  range: 'import.note_range',
  depth: 'import.note_depth',
  layers: 'import.note_layers',
} as const satisfies Record<string, MessageId>;

const noteIds = { recipe: 'import.note_recipe', ...leftOutIds } as const satisfies Record<string, MessageId>;

export type LeftOut = keyof typeof leftOutIds;
/** Notes about an added picture. `recipe`: its recipe was not read, because it is too large. */
export type ImportNote = keyof typeof noteIds;
export type NotedPicture = { name: string; note: ImportNote };

/** Notes about features that no screen shows. The report mentions them, but does not stay open for them. */
const unseenNotes: readonly string[] = ['depth', 'layers'] satisfies ImportNote[];

/** Returns whether a note is about something visible, which deserves a line of its own. */
export function isSeenNote(note: string): boolean {
  return !unseenNotes.includes(note);
}

export function isLeftOut(text: string): text is LeftOut {
  return Object.hasOwn(leftOutIds, text);
}

/** Explains what an added picture lacks, in the language of the interface. */
export function explainNote(note: ImportNote): string {
  return t(noteIds[note]);
}
