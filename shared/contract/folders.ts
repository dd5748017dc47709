// Watched folders: requests, replies and events.
import { z } from 'zod';
import { importModes, type WatchedFolder } from '../domain/watched-folders';
import { type RequestDefinition, reply } from './request';
import { idSchema, noInput } from './schemas';

const folderInput = z.strictObject({ folderId: idSchema });

export const folderRequests = {
  'folders:list': { input: noInput, reply: reply<WatchedFolder[]>() },
  /** Asks the user for a folder and checks it. Replies null if the user closed the dialog. */
  'folders:choose': { input: noInput, reply: reply<ChosenFolder | null>() },
  /** Watches a chosen folder. `mode`: how its pictures are kept. */
  'folders:watch': {
    input: z.strictObject({ choiceId: idSchema, mode: z.enum(importModes), subfolders: z.boolean() }),
    reply: reply<null>(),
  },
  'folders:set-enabled': {
    input: z.strictObject({ folderId: idSchema, enabled: z.boolean() }),
    reply: reply<null>(),
  },
  /** Scans a folder now. */
  'folders:look': { input: folderInput, reply: reply<null>() },
  /** Stops watching a folder. Its pictures stay. */
  'folders:remove': { input: folderInput, reply: reply<null>() },
  'folders:show': { input: folderInput, reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;

export type FolderEvents = {
  'folders:changed': WatchedFolder[];
};

/** A folder that can be watched. The renderer shows its path, but refers to it by the choice's id. */
export type ChosenFolder = { choiceId: string; path: string; name: string };
