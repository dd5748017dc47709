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
  /** Null for an address of the user's own: the server names the size. */
  bytes: number | null;
  sha256: string;
  unpack: ArchiveKind | null;
  /** Absolute paths of installed files with the same content, which are linked instead of downloaded. */
  copies: readonly string[];
};

/** Brings an item into its folder. The same task may be sent again after any failure, and continues. */
export type FetchTask = {
  task: number;
  /** Absolute path of the folder for what is unfinished. The main process deletes it once it has recorded the item. */
  partialFolder: string;
  /** Absolute path of the item's folder. It appears complete, or not at all. */
  folder: string;
  files: readonly WantedFile[];
  /** The program's path in the folder, which has to be there and is made executable; null for a model. */
  executable: string | null;
  /** Whether this computer may serve files, over http too. */
  allowLoopback: boolean;
};

export type ToDownloader =
  | ({ type: 'fetch' } & FetchTask)
  /** Ends a task. What it has stored stays. */
  | { type: 'stop'; task: number }
  | ProxyAnswer;

const task = z.int().positive();
const installedFileSchema = z.strictObject({
  name: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string(),
  /** Name of the wanted file that it is or came in. */
  from: z.string(),
});
export type InstalledFile = z.infer<typeof installedFileSchema>;

export const fromDownloaderSchema = z.discriminatedUnion('type', [
  /** At most four a second for each task. */
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
