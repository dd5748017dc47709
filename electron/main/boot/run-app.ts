// Starts the app, and handles every error that nothing else catches.

import { app } from 'electron';
import { type Sentence, sentence } from '../../../shared/languages/sentence';
import { readEnvironment } from '../config/environment';
import { describeError, explainStartFailure } from './cannot-start';
import { findDataFolder } from './data-folder';
import { restartedSwitch } from './single-instance';
import { type BootOptions, boot } from './start';
import { endWithDialog } from './start-failure';
import { createUncaughtErrors } from './uncaught-errors';

/** Starts the app, or tells the user why it cannot start. */
export function runApp(options: Pick<BootOptions, 'createSend'>): void {
  let dataFolder: string | null = null;
  // Set when no user is present, such as on a virtual display. Read before the other variables, because an invalid
  // one ends the start.
  const isUnattended = process.env['AFTERIMAGE_UNATTENDED'] === '1';
  const errors = createUncaughtErrors({
    failStart: (error) =>
      void endWithDialog(
        sentence('desktop.cannot_start'),
        explainStartFailure(error, dataFolder),
        isUnattended,
      ),
    giveUp: (error) =>
      void endWithDialog(sentence('desktop.stopped_working'), stoppedText(error), isUnattended),
    uptime: () => performance.now(),
    wasRestarted: process.argv.includes(restartedSwitch),
  });
  // Without a listener, Electron shows its own dialog, which blocks the app:
  // https://github.com/electron/electron/blob/main/lib/browser/init.ts
  process.on('uncaughtException', errors.handle);
  process.on('unhandledRejection', errors.handle);
  app.on('will-quit', errors.stop);

  async function start(): Promise<void> {
    const environment = readEnvironment(process.env);
    dataFolder = findDataFolder(environment);
    await boot({ ...options, environment, dataFolder, errors });
  }
  start().catch(errors.handle);
}

function stoppedText(error: unknown): Sentence {
  return sentence('desktop.stopped_text', { error: describeError(error) });
}
