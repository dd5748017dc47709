// What is known about a rescue of the database, in a file beside it: where it stands, and what to tell.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeAtomicallySync } from '../../files/write-atomically-sync';

const rescueSchema = z.object({
  /**
   * `suspected`: something read while the app ran was damaged; the next start checks all of it.
   * `moving`, `restoring`: under way, see rescue.ts; the database must not be opened.
   * `salvaging`: the database is open and well; what the picture files tell is being added.
   * `done`: over; the user has not put the notice away yet.
   */
  stage: z.enum(['suspected', 'moving', 'restoring', 'salvaging', 'done']),
  found: z.enum(['damaged', 'missing']),
  /** UTC milliseconds; the rescue's name too. */
  at: z.int(),
  /** What was found, for the log and for whoever helps. */
  detail: z.string(),
  /** The old database, relative to the data folder; null where there was none. */
  movedTo: z.string().nullable(),
  /** When the backup was taken that is in use now; null where there was no good one. */
  backupAt: z.int().nullable(),
  /** How many pictures had their gallery rows written anew; null until that is over. */
  salvaged: z.int().nullable(),
  /** Recipes whose picture is not there, or that cannot be read. */
  unreadable: z.int(),
  /** The user has put the notice away. */
  dismissed: z.boolean(),
});
export type Rescue = z.infer<typeof rescueSchema>;

function recordFile(dataFolder: string): string {
  return path.join(dataFolder, 'rescue.json');
}

/** @returns null where no rescue is under way or to be told of. */
export function readRescue(dataFolder: string): Rescue | null {
  try {
    return rescueSchema.parse(JSON.parse(readFileSync(recordFile(dataFolder), 'utf8')));
  } catch {
    // Not there; or unreadable, and then the database itself is looked at again.
    return null;
  }
}

/** On disk when it returns. One that is over and put away leaves no file. */
export function writeRescue(dataFolder: string, rescue: Rescue): void {
  if (rescue.stage === 'done' && rescue.dismissed) rmSync(recordFile(dataFolder), { force: true });
  else writeAtomicallySync(recordFile(dataFolder), `${JSON.stringify(rescue, null, 2)}\n`);
}
