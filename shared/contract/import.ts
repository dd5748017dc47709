// Importing pictures: requests, replies and events.
import { z } from 'zod';
import type { SkippedFile, SkipReason } from '../domain/import';
import type { ReadRecipe } from '../domain/read-recipe';
import { type RequestDefinition, reply } from './request';
import { idSchema, noInput } from './schemas';

export const importRequests = {
  /** Imports an offer. Progress arrives as events. */
  'import:start': { input: z.strictObject({ offerId: idSchema }), reply: reply<null>() },
  'import:cancel': { input: noInput, reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;

export type ImportEvents = {
  'import:progress': ImportProgress;
};

/** Files that a user dropped or chose. Their paths stay in the main process; the screen has this. */
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
