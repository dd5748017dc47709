// Returns whether a path leads into a folder.
import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** @param inner and `outer` are absolute, normal and without links. A folder is within itself. */
export function isWithin(inner: string, outer: string): boolean {
  // The root of a drive ends with a separator.
  return inner === outer || inner.startsWith(outer.endsWith(path.sep) ? outer : outer + path.sep);
}

/** Returns whether a file or folder, which may not exist yet, lies in a folder, also by links. */
export async function leadsInto(target: string, folder: string): Promise<boolean> {
  return isWithin(await realPlace(path.resolve(target)), await realPlace(path.resolve(folder)));
}

/** Resolves the links of the part of a path that exists. */
async function realPlace(target: string): Promise<string> {
  const real = await realpath(target).catch(() => null);
  if (real !== null) return real;
  const parent = path.dirname(target);
  return parent === target ? target : path.join(await realPlace(parent), path.basename(target));
}
