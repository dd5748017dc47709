// Was the app closed properly, and has nobody touched the database since?
import { readFileSync, rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { writeAtomicallySync } from '../../files/write-atomically-sync';
import { sizeOf } from './files';

const closedSchema = z.object({ bytes: z.number(), modifiedAt: z.number() });

/** @param file the database. @returns where its state at the last proper end is kept. */
function recordFile(file: string): string {
  return `${file}.closed`;
}

/**
 * Remembers what the database looks like now that it is closed. Killed before this, or if the log is still
 * there, the next start finds no record that fits, and checks the database: a check too many, never one too few.
 * Nothing has to be written at start for that: an open database that changed does not fit its record any more.
 */
export function rememberClosed(file: string): void {
  try {
    if (sizeOf(`${file}-wal`) > 0) rmSync(recordFile(file), { force: true });
    else writeAtomicallySync(recordFile(file), JSON.stringify(appearance(file)));
  } catch (error) {
    // On a full disk, say. An older record does not fit any more.
    console.error('The proper end could not be noted:', error);
  }
}

/** @returns whether the database is as it was when the app was last closed properly. */
export function wasClosedProperly(file: string): boolean {
  if (sizeOf(`${file}-wal`) > 0) return false;
  try {
    const closed = closedSchema.parse(JSON.parse(readFileSync(recordFile(file), 'utf8')));
    const { bytes, modifiedAt } = appearance(file);
    return closed.bytes === bytes && closed.modifiedAt === modifiedAt;
  } catch {
    return false;
  }
}

function appearance(file: string): { bytes: number; modifiedAt: number } {
  const { size, mtimeMs } = statSync(file);
  return { bytes: size, modifiedAt: mtimeMs };
}
