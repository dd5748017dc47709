// Handles Electron's app-level events: second instances, the last window closing, and quitting.
import { app } from 'electron';
import type { Windows } from '../window/windows';
import type { Quit } from './quit';
import { type Running, shutDown } from './shut-down';
import type { Inbox } from './single-instance';

export type AppParts = {
  inbox: Pick<Inbox, 'receive' | 'deferToNextStart'>;
  windows: Pick<Windows, 'bringToFront' | 'keepForNextStart'>;
  quit: Quit;
  /** Everything that shutdown must stop. */
  running: Running;
};

export function answerAppEvents({ inbox, windows, quit, running }: AppParts): void {
  app.on('second-instance', (_event, _arguments, _folder, data) => inbox.receive(data));
  app.on('activate', () => windows.bringToFront());
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app.on('before-quit', (event) => {
    // If the user opens the app while it is quitting, it starts again afterwards.
    inbox.deferToNextStart();
    windows.keepForNextStart();
    if (!quit.mayQuit()) event.preventDefault();
  });
  app.on('will-quit', (event) => {
    if (quit.mayEnd()) shutDown(running);
    else event.preventDefault();
  });
}
