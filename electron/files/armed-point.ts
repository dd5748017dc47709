// Which fault point a test has armed: one for the whole run, or one at a time in a file.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param value the name of a point, or the absolute path of a file that names it, which a test writes and removes while
 * the app runs.
 * @returns what gives the name of the armed point each time; undefined if none ever is.
 */
export function armedPoint(value: string | undefined): (() => string) | undefined {
  if (value === undefined) return undefined;
  if (!path.isAbsolute(value)) return () => value;
  return () => (existsSync(value) ? readFileSync(value, 'utf8') : '');
}
