// The sizes and identities of database files, and the timestamps in the names of backups.
import { statSync } from 'node:fs';

/** Returns the size in bytes, or 0 if there is no such file. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * Returns a value that distinguishes a file from any other that had the same name. @throws if there is no such file.
 */
export function identityOf(file: string): string {
  const { dev, ino, birthtimeNs } = statSync(file, { bigint: true });
  return `${dev}:${ino}:${birthtimeNs}`;
}

/** Formats UTC milliseconds as `20261122-140233` for file names. */
export function stampOf(at: number): string {
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10).replaceAll('-', '')}-${text.slice(11, 19).replaceAll(':', '')}`;
}

/** Returns the UTC milliseconds of a stamp, or null if the text is not one. */
export function timeOfStamp(stamp: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(stamp);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? null : at;
}
