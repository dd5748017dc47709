// Whether a path is in a folder.
import path from 'node:path';

/** Returns whether `inner` is `outer` or in it. Both are absolute and without links. */
export function isWithin(inner: string, outer: string): boolean {
  // The root of a drive ends with a separator.
  return inner === outer || inner.startsWith(outer.endsWith(path.sep) ? outer : outer + path.sep);
}
