// The rule that keeps a wrong clock from deleting anything: decides the time that ages are measured against.
import { z } from 'zod';

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;

/** A longer step forward between two readings is a jump: the clock was set, or the app was not used for so long. */
const maxForwardMs = 2 * dayMs;
/** A longer step back is a jump. Shorter ones are corrections by the system. */
const maxBackwardMs = 5 * minuteMs;
/** After a jump, the clock is trusted again once it has run on for this long without stepping back. */
const minSteadyMs = dayMs;

/** The clock's last reading, which is also kept while the app is closed. */
export const clockRecordSchema = z.object({
  /** The last reading, in UTC milliseconds. */
  seenAt: z.int(),
  /** The last reading before the first jump that is still in doubt; `seenAt` if none is. */
  trustedAt: z.int(),
  /** How long the clock has run on since the jump (ms); null while the clock is trusted. */
  steadyMs: z.int().nonnegative().nullable(),
});
export type ClockRecord = z.infer<typeof clockRecordSchema>;

/** Returns the record of a clock that was last known to be right at `at`. */
export function trustClock(at: number): ClockRecord {
  return { seenAt: at, trustedAt: at, steadyMs: null };
}

/**
 * Updates the record with a reading of the clock.
 *
 * A further jump forward does not restart the wait: otherwise the Trash of a user who opens the app once a week would
 * never be emptied. A step back does, because it shows that one of the two readings was wrong.
 *
 * @param now UTC milliseconds.
 */
export function readClock(record: ClockRecord, now: number): ClockRecord {
  const step = now - record.seenAt;
  if (step < -maxBackwardMs) return { ...record, seenAt: now, steadyMs: 0 };
  if (step > maxForwardMs) return { ...record, seenAt: now, steadyMs: record.steadyMs ?? 0 };
  if (record.steadyMs === null) return trustClock(now);
  const steadyMs = record.steadyMs + Math.max(0, step);
  return steadyMs >= minSteadyMs ? trustClock(now) : { ...record, seenAt: now, steadyMs };
}

/** Returns the time to measure ages against, for everything that is deleted by age (UTC milliseconds). */
export function retentionTime({ seenAt, trustedAt }: ClockRecord): number {
  return Math.min(seenAt, trustedAt);
}

/**
 * Returns the time to record for a deletion (UTC milliseconds). If the clock is slow, this is the last trusted
 * reading, so that the deletion does not look old once the clock is right again.
 */
export function deletionTime({ seenAt, trustedAt }: ClockRecord): number {
  return Math.max(seenAt, trustedAt);
}
