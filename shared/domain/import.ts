// Limits of an import, and the reasons why a file is skipped.
import type { MessageId } from '../languages/en';
import { type Sentence, sentence } from '../languages/sentence';
import { t } from '../languages/translate';

/** Maximum number of files or folders in one drop; a folder counts as one. */
export const maxDroppedFiles = 10_000;
/** Maximum number of files that one import examines. */
export const maxImportedFiles = 100_000;
/** Maximum number of pixels of a picture that is converted when it is imported. */
export const maxConvertedPixels = 200_000_000;
/** Maximum size of an imported file, in bytes. */
export const maxImportBytes = 256 * 1024 * 1024;

/** Maximum size of a picture that is pasted, or dropped without a file, in bytes: it is copied between processes. */
export const maxPastedBytes = 100 * 1024 * 1024;

/** Why a file was skipped. The report shows it after the file's name. */
const skipIds = {
  'not-a-picture': 'storage.skipped_not_a_picture',
  empty: 'storage.skipped_empty',
  truncated: 'storage.skipped_truncated',
  unreadable: 'storage.skipped_unreadable',
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

/** Says why a file was skipped, in the language of the interface. */
export function explainSkip(reason: SkipReason): string {
  return t(skipIds[reason], { count: maxImportedFiles });
}

/** Says why a file was not attached to a message. @param name of the file. */
export function describeRefusal(name: string, reason: SkipReason): Sentence {
  return sentence(refusalIds[reason], { name, count: maxImportedFiles });
}

export type SkippedFile = { name: string; reason: SkipReason };
