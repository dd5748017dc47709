// The record of the server that runs: `engine/running.json`, from which the next start finds an orphan.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readJsonSync } from '../../../files/read-regular';
import { writeAtomicallySync } from '../../../files/write-atomically-sync';

const recordSchema = z.strictObject({
  version: z.literal(1),
  /** Null until the process has been started. */
  pid: z.int().positive().nullable(),
  /** As `ProcessTable.startOf` tells it; null until it is known. */
  start: z.string().nullable(),
  /** With the port and the model's path: no other process has the same. */
  arguments: z.array(z.string()).min(1),
});
export type RunningServer = z.infer<typeof recordSchema>;

export type RunningRecord = ReturnType<typeof createRunningRecord>;

/** @param file absolute path. It is not flushed: after a loss of power there is no process to find. */
export function createRunningRecord(file: string) {
  return {
    /** Returns null if no server was running, or if the record cannot be read. */
    read(): RunningServer | null {
      try {
        return recordSchema.parse(readJsonSync(file));
      } catch (error) {
        const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        if (!isMissing) console.error('The record of the engine that was running cannot be read:', error);
        return null;
      }
    },
    /** Call it before the process starts, and again when more is known. */
    write(server: Omit<RunningServer, 'version'>): void {
      mkdirSync(path.dirname(file), { recursive: true });
      writeAtomicallySync(file, JSON.stringify({ version: 1, ...server }), { isDurable: false });
    },
    /** Call it when the process has ended. */
    remove(): void {
      rmSync(file, { force: true });
    },
  };
}
