// The entry of the main process: starts the app, or tells the user why it cannot.
import { app, dialog } from 'electron';
import { boot } from './boot/start';
import { sendMessage } from './chat/send-message';
import { InvalidEnvironment } from './config/environment';
import { DatabaseFromTheFuture } from './db/migrate';
import { codeOf } from './ipc/requests';

// As root Chromium starts only with --no-sandbox, and enableSandbox() would undo that switch.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

boot({ createSend: (context) => (input) => sendMessage(context, input) }).catch((error: unknown) => {
  dialog.showErrorBox('Afterimage cannot start', explain(error));
  app.exit(1);
});

function explain(error: unknown): string {
  if (error instanceof InvalidEnvironment) return error.message;
  if (error instanceof DatabaseFromTheFuture) {
    return `${error.message} Your data has not been touched. Install the newer version to open it.`;
  }
  console.error(error);
  if (codeOf(error, () => false) === 'disk_full') {
    return 'The disk is full, so the database could not be opened. Make some room on it, then start again.';
  }
  return `The database in the data folder could not be opened (${String(error)}). Nothing was changed.`;
}
