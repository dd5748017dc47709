// Bringing pictures in: what the screen is told of it, and why a file can be left out.
import type { ReadRecipe } from '../domain/read-recipe';

/** Most files or folders of one drop; a folder counts as one. */
export const maxDroppedFiles = 10_000;
/** Most files that are looked at in one import. */
export const maxImportedFiles = 100_000;
/** Largest file that is opened, in bytes. */
export const maxImportBytes = 256 * 1024 * 1024;

/** Why a file was left out, as a report says it behind the file's name. */
export const skipSentences = {
  'not-a-picture': 'not a PNG, JPEG, WebP, AVIF or GIF',
  empty: 'empty',
  truncated: 'breaks off before its end',
  unreadable: 'cannot be opened',
  'too-large': 'larger than 100 megapixels or 256 MB',
  duplicate: 'in the gallery already',
  'in-trash': 'in Trash; restore it there',
  link: 'a link, which is not followed',
  ours: 'belongs to Afterimage’s own data',
  'too-deep': 'a folder nested too deep',
  'too-many': `more than ${maxImportedFiles.toLocaleString('en')} files`,
  'not-stored': 'could not be written to disk',
} as const;

export type SkipReason = keyof typeof skipSentences;

export type SkippedFile = { name: string; reason: SkipReason };

/** Files that a person dropped or chose. Their paths stay in the main process; the screen has this. */
export type Offer = {
  id: string;
  /** Of the one file, or null where there are several or a folder. */
  name: string | null;
  /** What the one file tells of how it was made. */
  recipe: ReadRecipe | null;
  /** Of the one picture in pixels, where it has a recipe. */
  size: { width: number; height: number } | null;
};

export type ImportProgress = {
  /** `interrupted`: the app ended in the middle of it; what was under way has been finished. */
  state: 'looking' | 'running' | 'done' | 'cancelled' | 'stopped' | 'interrupted';
  /** Files to bring in, and how many of them are dealt with. */
  found: number;
  done: number;
  added: number;
  /** How many were left out, by reason, and the first of them by name. */
  skipped: Partial<Record<SkipReason, number>>;
  names: SkippedFile[];
};
