// Starts the app again after this process has ended.
import { spawn } from 'node:child_process';
import { app } from 'electron';
import { findAppImage } from './find-app-image';

/**
 * Call while the app is quitting.
 *
 * @param args command-line arguments of the next start.
 */
export function relaunchApp(args: readonly string[]): void {
  const appImage = findAppImage(process.env, process.execPath);
  if (appImage === null) app.relaunch({ args: [...args] });
  // relaunch() would start the executable inside the AppImage, which is unmounted when this process ends:
  // https://github.com/electron-userland/electron-builder/issues/1727
  else spawn(appImage, args, { detached: true, stdio: 'ignore' }).on('error', console.error).unref();
}
