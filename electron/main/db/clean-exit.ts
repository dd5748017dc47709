// Records clean exits, so that the next start can tell whether the database has changed since.
import { rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { readJsonSync } from '../../files/read-regular';
import { writeAtomicallySync } from '../../files/write-atomically-sync';
import { sizeOf } from './files';

const closedSchema = z.object({ bytes: z.number(), modifiedAt: z.number() });

/** Returns the file with the state of the database at the last proper exit. */
function recordFile(file: string): string {
  return `${file}.closed`;
}

/**
 * Records the state of the closed database. After a crash, or if the WAL still has content, no record matches, and the
 * next start checks the database. Nothing has to be written at start, because a changed database no longer matches.
 */
export function recordCleanExit(file: string): void {
  try {
    if (sizeOf(`${file}-wal`) > 0) rmSync(recordFile(file), { force: true });
    else writeAtomicallySync(recordFile(file), JSON.stringify(stateOf(file)));
  } catch (error) {
    // For example on a full disk. An older record no longer matches.
    console.error('The proper exit could not be recorded:', error);
  }
}

/** Returns whether the database is unchanged since the app was last closed properly. */
export function wasClosedProperly(file: string): boolean {
  if (sizeOf(`${file}-wal`) > 0) return false;
  try {
    const closed = closedSchema.parse(readJsonSync(recordFile(file)));
    const { bytes, modifiedAt } = stateOf(file);
    return closed.bytes === bytes && closed.modifiedAt === modifiedAt;
  } catch {
    return false;
  }
}

function stateOf(file: string): { bytes: number; modifiedAt: number } {
  const { size, mtimeMs } = statSync(file);
  return { bytes: size, modifiedAt: mtimeMs };
}
