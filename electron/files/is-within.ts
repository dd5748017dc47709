// Checks whether a path is inside a folder.
import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** Both paths must be absolute, normalised and without links. A folder is within itself. */
export function isWithin(inner: string, outer: string): boolean {
  // The root of a drive ends with a separator.
  return inner === outer || inner.startsWith(outer.endsWith(path.sep) ? outer : outer + path.sep);
}

/** Returns whether a file or folder, which may not exist yet, is in a folder once links are resolved. */
export async function leadsInto(target: string, folder: string): Promise<boolean> {
  return isWithin(await realPlace(path.resolve(target)), await realPlace(path.resolve(folder)));
}

/** Resolves links in the existing part of a path. */
async function realPlace(target: string): Promise<string> {
  const real = await realpath(target).catch(() => null);
  if (real !== null) return real;
  const parent = path.dirname(target);
  return parent === target ? target : path.join(await realPlace(parent), path.basename(target));
}
