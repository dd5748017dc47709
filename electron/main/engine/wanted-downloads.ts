// Which downloads the user wants: `engine/downloads.json`, so that they continue after a restart.
import { mkdirSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { engineItemIdSchema, modelFileRoles, sha256Schema } from '../../../shared/domain/engine-catalogue';
import { readJsonSync } from '../../files/read-regular';
import { writeAtomicallySync } from '../../files/write-atomically-sync';
import type { EngineFolders } from './engine-folders';

const ownSchema = z.strictObject({
  label: z.string().min(1).max(300),
  name: z.string().min(1).max(200),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  sha256: sha256Schema,
  role: z.enum(modelFileRoles),
});

const wantedSchema = z.strictObject({
  model: engineItemIdSchema,
  /** By the user, or because it failed. A paused one does not continue by itself. */
  isPaused: z.boolean(),
  /** Ids of what it may have stored in part. */
  partial: z.array(engineItemIdSchema),
  /** Ids of what it has installed so far. Cancelling deletes that, too. */
  brought: z.array(engineItemIdSchema),
  /** A model from an address of the user's own; null for one of the catalogue. */
  own: ownSchema.nullable(),
});

const fileSchema = z.strictObject({ version: z.literal(1), downloads: z.array(wantedSchema) });

export type OwnModel = z.infer<typeof ownSchema>;
export type WantedDownload = z.infer<typeof wantedSchema>;

/** Returns what the last run left; nothing if the file is missing or damaged, because the user can ask again. */
export function readWanted({ downloads }: EngineFolders): WantedDownload[] {
  try {
    return fileSchema.parse(readJsonSync(downloads)).downloads;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) console.error('The list of downloads cannot be read:', error);
    return [];
  }
}

/** Writes down which downloads the user wants, for the next start. */
export function writeWanted({ root, downloads }: EngineFolders, wanted: readonly WantedDownload[]): void {
  if (wanted.length === 0) {
    rmSync(downloads, { force: true });
    return;
  }
  mkdirSync(root, { recursive: true });
  writeAtomicallySync(downloads, JSON.stringify({ version: 1, downloads: wanted }, null, 1));
}
