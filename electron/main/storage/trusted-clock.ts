// Reads the clock for everything that is deleted by its age, and remembers the readings in a file.
import path from 'node:path';
import { readJsonSync } from '../../files/read-regular';
import { writeAtomicallySync } from '../../files/write-atomically-sync';
import {
  type ClockRecord,
  clockRecordSchema,
  deletionTime,
  readClock,
  retentionTime,
  trustClock,
} from './clock-trust';

export type TrustedClock = ReturnType<typeof createTrustedClock>;

export type TrustedClockOptions = {
  dataFolder: string;
  /** UTC milliseconds. */
  now: () => number;
  /** Returns the newest time in the database, for a folder without a record; null if there is none. */
  newestTime: () => number | null;
};

/** The record is read with the first reading, which is after the first paint. */
export function createTrustedClock({ dataFolder, now, newestTime }: TrustedClockOptions) {
  const file = path.join(dataFolder, 'clock.json');
  let record: ClockRecord | null = null;

  function read(): ClockRecord {
    const at = now();
    const before = record ?? readRecord(file) ?? trustClock(newestTime() ?? at);
    record = readClock(before, at);
    if (before.steadyMs === null && record.steadyMs !== null) {
      const [from, to] = [before.seenAt, at].map((time) => new Date(time).toISOString());
      console.warn(
        `The clock went from ${from} to ${to}. Nothing is deleted by age until it has run on for a day.`,
      );
    }
    return record;
  }

  return {
    /** Takes a reading and saves it. Call it at start, hourly, and at the end. */
    save(): void {
      try {
        // A power loss may take the file: the next start then counts from the newest row.
        writeAtomicallySync(file, JSON.stringify(read()), { isDurable: false });
      } catch (error) {
        // For example on a full disk. The readings of this run are in memory.
        console.error('The time could not be saved:', error);
      }
    },
    /** Returns the time to which ages are counted: the last trusted one after a jump, otherwise now. */
    retentionTime: () => retentionTime(read()),
    /** Returns the time to write down for a deletion. */
    deletionTime: () => deletionTime(read()),
  };
}

/** Returns null if there is no record, or it cannot be read. */
function readRecord(file: string): ClockRecord | null {
  try {
    return clockRecordSchema.parse(readJsonSync(file));
  } catch {
    return null;
  }
}
