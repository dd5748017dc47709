// Answers Electron's events of the whole app: later starts, the last window, and the end.
import { app } from 'electron';
import type { Windows } from '../window/windows';
import type { Quit } from './quit';
import { type Running, shutDown } from './shut-down';
import type { Inbox } from './single-instance';

export type AppParts = {
  inbox: Pick<Inbox, 'receive' | 'deferToNextStart'>;
  windows: Pick<Windows, 'bringToFront' | 'keepForNextStart'>;
  quit: Quit;
  /** Everything that has to end. */
  running: Running;
};

export function answerAppEvents({ inbox, windows, quit, running }: AppParts): void {
  app.on('second-instance', (_event, _arguments, _folder, data) => inbox.receive(data));
  app.on('activate', () => windows.bringToFront());
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app.on('before-quit', (event) => {
    // A user who opens the app again while it is ending gets a new one.
    inbox.deferToNextStart();
    windows.keepForNextStart();
    if (!quit.mayQuit()) event.preventDefault();
  });
  app.on('will-quit', (event) => {
    if (quit.mayEnd()) shutDown(running);
    else event.preventDefault();
  });
}
