// Starts the app once more when this one is over.
import { spawn } from 'node:child_process';
import { app } from 'electron';
import { findAppImage } from './find-app-image';

/**
 * To be called while the app is ending.
 *
 * @param words what the next start is given.
 */
export function relaunchApp(words: readonly string[]): void {
  const image = findAppImage(process.env, process.execPath);
  if (image === null) app.relaunch({ args: [...words] });
  // What relaunch() starts lies inside the AppImage, which is taken away when this process ends:
  // https://github.com/electron-userland/electron-builder/issues/1727
  else spawn(image, words, { detached: true, stdio: 'ignore' }).on('error', console.error).unref();
}
