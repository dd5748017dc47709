// Whether this program runs out of an AppImage, and out of which.
import { realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * The variables alone do not say it: whatever is started from an AppImage, such as from a terminal that is one, has
 * those of that AppImage.
 *
 * @param program path of the running executable.
 * @returns the AppImage's own path; null outside of one. https://docs.appimage.org/packaging-guide/environment-variables.html
 */
export function findAppImage(
  { APPIMAGE, APPDIR }: Readonly<Record<string, string | undefined>>,
  program: string,
): string | null {
  if (!APPIMAGE || !APPDIR) return null;
  try {
    return program.startsWith(`${realpathSync(APPDIR)}${path.sep}`) ? APPIMAGE : null;
  } catch {
    // The other program has ended, and its folder is gone.
    return null;
  }
}
