// Tells which fault point a test has armed: one for the whole run, or whichever a file names at the moment.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param value the name of a point, or the absolute path of a file that names it, which a test writes and removes while
 * the app runs.
 * @returns a function that returns the name of the currently armed point; undefined if none can be armed.
 */
export function armedPoint(value: string | undefined): (() => string) | undefined {
  if (value === undefined) return undefined;
  if (!path.isAbsolute(value)) return () => value;
  return () => (existsSync(value) ? readFileSync(value, 'utf8') : '');
}
