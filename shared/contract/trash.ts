// Trash and storage: requests and replies.
import { z } from 'zod';
import type { GalleryImage } from '../domain/pictures';
import { type RequestDefinition, reply } from './request';
import { idSchema, noInput } from './schemas';

export const trashRequests = {
  'trash:list': { input: z.strictObject({ limit: z.int().min(1).max(10_000) }), reply: reply<TrashPage>() },
  'trash:measure': { input: noInput, reply: reply<TrashSize>() },
  'trash:empty': { input: noInput, reply: reply<EmptiedTrash>() },
  /** Permanently deletes a picture of Trash. */
  'trash:delete': { input: z.strictObject({ imageId: idSchema }), reply: reply<null>() },
  'storage:read': { input: noInput, reply: reply<StorageUsage>() },
  'storage:show-recovery': { input: noInput, reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;

export type TrashPage = {
  /** Most recently deleted first. `removeAt`: when the picture is permanently deleted, in UTC milliseconds. */
  pictures: { image: GalleryImage; removeAt: number }[];
  conversations: { id: string; title: string; removeAt: number }[];
  /** Counts everything in Trash, not only this page. */
  counts: { pictures: number; conversations: number };
};

export type TrashSize = { pictures: number; conversations: number; bytes: number };

/** The bytes that were freed, and what stayed in Trash because its conversation is still generating. */
export type EmptiedTrash = { bytes: number; stayed: { pictures: number; conversations: number } };

/** Disk usage of the data folder's parts, in bytes. */
export type StorageUsage = {
  originals: number;
  previews: number;
  trash: number;
  /** The engines and models on this computer. A file that several of them share counts once. */
  models: number;
  /** Files of their unfinished downloads. */
  downloads: number;
  backups: number;
  database: number;
  recovery: number;
  /** Files in the images folder that belong to no picture. They are moved to the recovery folder. */
  unclaimed: number;
  /** Number of files in the recovery folder, and of pictures without a file. */
  recoveryFiles: number;
  missingPictures: number;
  /** Linked pictures, which stay in the user's own folders, outside the data folder. */
  linked: number;
};
