// The record of a rescue, in a file beside the database: its stage, and the facts for the notice.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readJsonSync } from '../../files/read-regular';
import { writeAtomicallySync } from '../../files/write-atomically-sync';

const rescueSchema = z.object({
  /**
   * `suspected`: the app read damaged data; the next start checks the whole database.
   * `moving`, `restoring`: see rescue.ts; the database must not be opened.
   * `salvaging`: the database is open and intact; rows are being added from the recipes.
   * `done`: finished, but the user has not dismissed the notice yet.
   */
  stage: z.enum(['suspected', 'moving', 'restoring', 'salvaging', 'done']),
  found: z.enum(['damaged', 'missing']),
  /** UTC milliseconds. Also names the rescue. */
  at: z.int(),
  /** The problem that was found, for the log and for support. */
  detail: z.string(),
  /** The old database, relative to the data folder; null if there was none. */
  movedTo: z.string().nullable(),
  /** When the restored backup was taken; null if there was no good one. */
  backupAt: z.int().nullable(),
  /** How many pictures got their gallery rows back; null until the salvage has finished. */
  salvaged: z.int().nullable(),
  /** Recipes that cannot be read or whose picture is missing. */
  unreadable: z.int(),
  /** Whether the user has dismissed the notice. */
  dismissed: z.boolean(),
});
export type Rescue = z.infer<typeof rescueSchema>;

function recordFile(dataFolder: string): string {
  return path.join(dataFolder, 'rescue.json');
}

/** Returns null if no rescue is in progress and no notice is due. */
export function readRescue(dataFolder: string): Rescue | null {
  try {
    return rescueSchema.parse(readJsonSync(recordFile(dataFolder)));
  } catch {
    // If the file is missing or unreadable, the state of the database decides.
    return null;
  }
}

/** Writes the record to the disk, or removes it once the rescue is done and dismissed. */
export function writeRescue(dataFolder: string, rescue: Rescue): void {
  if (rescue.stage === 'done' && rescue.dismissed) rmSync(recordFile(dataFolder), { force: true });
  else writeAtomicallySync(recordFile(dataFolder), `${JSON.stringify(rescue, null, 2)}\n`);
}
