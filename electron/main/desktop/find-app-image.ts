// Finds the AppImage that this program runs from, if it does.
import { realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * Checks the path of the executable too, because every program started from an AppImage, such as a terminal, inherits
 * that AppImage's variables: https://docs.appimage.org/packaging-guide/environment-variables.html
 *
 * @param executable path of the running executable.
 * @returns the path of the AppImage, or null.
 */
export function findAppImage(
  { APPIMAGE, APPDIR }: Readonly<Record<string, string | undefined>>,
  executable: string,
): string | null {
  if (!APPIMAGE || !APPDIR) return null;
  try {
    return executable.startsWith(`${realpathSync(APPDIR)}${path.sep}`) ? APPIMAGE : null;
  } catch {
    // The AppImage of another program, which has been unmounted.
    return null;
  }
}
