// The clock for everything that is deleted by age. Saves its readings in a file.
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
  /** Returns the newest time in the database, used if there is no record; null if there is none. */
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
    /** Takes a reading and saves it. Call at start, hourly, and at quit. */
    save(): void {
      try {
        // Not flushed: if a power loss removes the file, the next start uses the newest row's time.
        writeAtomicallySync(file, JSON.stringify(read()), { isDurable: false });
      } catch (error) {
        // For example on a full disk. The readings of this run are in memory.
        console.error('The time could not be saved:', error);
      }
    },
    /** Returns the time to measure ages against: the last trusted one after a jump, otherwise now. */
    retentionTime: () => retentionTime(read()),
    /** Returns the time to record for a deletion. */
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
