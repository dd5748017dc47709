// Whether an error of the file system says that there is nothing at a path.

/** Returns whether there is no such file or folder, or none that could contain it. */
export function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
