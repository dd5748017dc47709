// Exporting many pictures: requests, replies and events.
import { z } from 'zod';
import { type RequestDefinition, reply } from './request';
import { idSchema, noInput } from './schemas';

/** Maximum number of pictures in one export. */
const maxExportedPictures = 1_000_000;
export const exportKinds = ['folder', 'zip'] as const;

export const exportRequests = {
  /** Replies null if the user closed the dialog or stopped the export. `skipped`: pictures whose files are missing. */
  'export:start': {
    input: z.strictObject({
      imageIds: z.array(idSchema).min(1).max(maxExportedPictures),
      as: z.enum(exportKinds),
    }),
    reply: reply<{ path: string; exported: number; skipped: number } | null>(),
  },
  /** Saves copies of pictures in a folder that the user chooses. Replies null if the user closed the dialog. */
  'export:save-copies': {
    input: z.strictObject({ imageIds: z.array(idSchema).min(1).max(maxExportedPictures) }),
    reply: reply<{ path: string; saved: number; skipped: number } | null>(),
  },
  /**
   * Exports pictures, conversations, collections, costs and settings into a folder that the user chooses. Replies null if
   * the user closed the dialog or stopped the export. `missing`: pictures without a file.
   */
  'export:everything': {
    input: noInput,
    reply: reply<{ path: string; pictures: number; conversations: number; missing: number } | null>(),
  },
  /**
   * Imports such an export. Replies with the number of new entries; null if the user closed the dialog. `damaged` and
   * `damagedConversations`: entries that were left out. `isCancelled`: the user stopped it before the end.
   */
  'export:bring-in': {
    input: noInput,
    reply: reply<{
      pictures: number;
      conversations: number;
      damaged: number;
      damagedConversations: number;
      isCancelled: boolean;
    } | null>(),
  },
  'export:cancel': { input: noInput, reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;

export type ExportEvents = {
  'export:progress': ExportProgress;
};

/** `isImport`: an export is being imported. */
export type ExportProgress = { done: number; total: number; isImport?: true };
