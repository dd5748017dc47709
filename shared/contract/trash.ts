// Trash and storage: requests and replies.
import { z } from 'zod';
import type { GalleryImage } from '../domain/pictures';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

export const trashRequests = {
  'trash:list': { input: z.strictObject({ limit: z.int().min(1).max(10_000) }), reply: reply<TrashPage>() },
  'trash:measure': { input: noInput, reply: reply<TrashSize>() },
  'trash:empty': { input: noInput, reply: reply<EmptiedTrash>() },
  'storage:read': { input: noInput, reply: reply<StorageUsage>() },
  'storage:show-recovery': { input: noInput, reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;

export type TrashPage = {
  /** The last deleted first. `removeAt`: when the picture is removed for good, in UTC milliseconds. */
  pictures: { image: GalleryImage; removeAt: number }[];
  conversations: { id: string; title: string; removeAt: number }[];
  /** All that there is, not only this page. */
  counts: { pictures: number; conversations: number };
};

export type TrashSize = { pictures: number; conversations: number; bytes: number };

/** The bytes that were freed, and what is in Trash still: conversations in which something is being made. */
export type EmptiedTrash = { bytes: number; stayed: { pictures: number; conversations: number } };

/** What the data folder's parts take, in bytes. */
export type StorageUsage = {
  originals: number;
  previews: number;
  trash: number;
  backups: number;
  database: number;
  recovery: number;
  /** Files in the pictures' folder that belong to no picture; they go to the recovery folder. */
  unclaimed: number;
  /** How many files are in the recovery folder, and how many pictures have none. */
  recoveryFiles: number;
  missingPictures: number;
};
