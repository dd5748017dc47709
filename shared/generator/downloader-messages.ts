// Messages between the main process and the downloader.

import { z } from 'zod';
import type { ArchiveKind } from '../domain/engine-catalogue';
import { sentenceSchema } from '../languages/sentence';
import { errorCodeSchema } from './failure-schema';
import { findProxySchema, type ProxyAnswer, proxyLoginSchema } from './proxies';

/** One file of an item to download. */
export type WantedFile = {
  /** Relative to the item's folder, with forward slashes. */
  name: string;
  /** In the order in which they are tried. */
  urls: readonly string[];
  /** Null for an address that the user entered, where only the server knows the size. */
  bytes: number | null;
  sha256: string;
  unpack: ArchiveKind | null;
  /** Absolute paths of installed files with the same content, which are linked instead of downloaded. */
  copies: readonly string[];
};

/** Downloads an item into its folder. Sending the same task again after a failure continues the download. */
export type FetchTask = {
  task: number;
  /** Absolute path of the folder for unfinished files. The main process deletes it once it has recorded the item. */
  partialFolder: string;
  /** Absolute path of the item's folder. It appears complete, or not at all. */
  folder: string;
  files: readonly WantedFile[];
  /** Relative path of the program, which must exist and is made executable; null for a model. */
  executable: string | null;
  /** Allows downloads from this computer, including plain http. */
  allowLoopback: boolean;
};

export type ToDownloader =
  | ({ type: 'fetch' } & FetchTask)
  /** Stops a task. The bytes that it has stored stay on disk. */
  | { type: 'stop'; task: number }
  | ProxyAnswer;

const task = z.int().positive();
const installedFileSchema = z.strictObject({
  name: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string(),
  /** Name of the wanted file: this file itself, or the archive that contained it. */
  from: z.string(),
});
export type InstalledFile = z.infer<typeof installedFileSchema>;

export const fromDownloaderSchema = z.discriminatedUnion('type', [
  /** Sent at most four times a second for each task. */
  z.strictObject({
    type: z.literal('progress'),
    task,
    state: z.enum(['downloading', 'checking', 'unpacking']),
    receivedBytes: z.int().nonnegative(),
    totalBytes: z.int().nonnegative(),
  }),
  z.strictObject({ type: z.literal('fetched'), task, files: z.array(installedFileSchema) }),
  z.strictObject({
    type: z.literal('failed'),
    task,
    code: errorCodeSchema,
    message: z.string(),
    sentence: z.exactOptional(sentenceSchema),
  }),
  /** The task was stopped. */
  z.strictObject({ type: z.literal('stopped'), task }),
  findProxySchema,
  proxyLoginSchema,
]);
export type FromDownloader = z.infer<typeof fromDownloaderSchema>;
