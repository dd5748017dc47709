// Importing pictures: requests, replies and events.
import { z } from 'zod';
import type { ImportNote, NotedPicture, SkippedFile, SkipReason } from '../domain/import';
import type { ReadRecipe } from '../domain/read-recipe';
import { importModes } from '../domain/watched-folders';
import { type RequestDefinition, reply } from './request';
import { idSchema, noInput } from './schemas';

export const importRequests = {
  /** Imports an offer. Progress arrives as events. */
  'import:start': {
    input: z.strictObject({ offerId: idSchema, mode: z.enum(importModes) }),
    reply: reply<null>(),
  },
  'import:cancel': { input: noInput, reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;

export type ImportEvents = {
  'import:progress': ImportProgress;
};

/** Files that a user dropped or chose. Their paths stay in the main process; the renderer receives this. */
export type Offer = {
  id: string;
  /** The name of a single folder, or null. The user is asked how to keep its pictures. */
  folder: string | null;
  /** The recipe in a single file; null if there is none. */
  recipe: ReadRecipe | null;
  /** Size in pixels of a single picture with a recipe. */
  size: { width: number; height: number } | null;
};

/** A picture of the user's own that is attached to a message: a file, or bytes that have no file. */
export type OwnPicture = { path: string } | { name: string; bytes: Uint8Array };

/**
 * The gallery picture for an attached one. `wasInTrash`: it was in Trash and has been restored. `notes`: what a newly added
 * picture lacks.
 */
export type AttachedPicture = { imageId: string; wasInTrash: boolean; notes: ImportNote[] };

export type ImportProgress = {
  /**
   * `stopped`: nothing can be written. `source-gone`: the dropped files no longer exist. `interrupted`: the app
   * ended during the import; files that had been started were finished.
   */
  state: 'looking' | 'running' | 'done' | 'cancelled' | 'stopped' | 'source-gone' | 'interrupted';
  /** Number of files to import, and of those that are done. */
  found: number;
  done: number;
  added: number;
  /** Number of skipped files by reason, and the names of the first ones. */
  skipped: Partial<Record<SkipReason, number>>;
  names: SkippedFile[];
  /** Number of notes on imported pictures by kind, and the first ones with the names of their pictures. */
  notes: Partial<Record<ImportNote, number>>;
  noted: NotedPicture[];
};
