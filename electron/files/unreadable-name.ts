// Where a file is kept that cannot be understood, so that a new one can have its place.
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Returns the first free path of `<file>.unreadable`, `<file>.unreadable-2` and so on: what was kept before, in this or an
 * earlier run, is never overwritten.
 */
export function unreadableName(file: string): string {
  for (let count = 1; ; count += 1) {
    const target = `${file}.unreadable${count === 1 ? '' : `-${count}`}`;
    if (!lstatSync(target, { throwIfNoEntry: false })) return target;
  }
}

/** Returns whether there is a file that was kept in this way. */
export function hasUnreadable(file: string): boolean {
  if (!existsSync(path.dirname(file))) return false;
  const prefix = `${path.basename(file)}.unreadable`;
  return readdirSync(path.dirname(file)).some((name) => name.startsWith(prefix));
}
