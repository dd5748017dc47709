// Collects the links and files passed to this start of the app and to later ones.
import { app } from 'electron';
import {
  argumentsForNextStart,
  instanceDataSchema,
  type LaunchArguments,
  readLaunchArguments,
} from '../desktop/launch-arguments';
import { relaunchApp } from '../desktop/relaunch';

/** Marks a start after the app restarted itself because of errors: see uncaught-errors.ts. */
export const restartedSwitch = '--restarted-after-errors';

/** Returns the data that a second instance passes to the first through `app.requestSingleInstanceLock`. */
export function instanceData(): { args: string[]; workingFolder: string } {
  return { args: process.argv.slice(1), workingFolder: process.cwd() };
}

export type Inbox = ReturnType<typeof createInbox>;

/** Call before the app is ready: macOS sends the link that started the app before then. */
export function createInbox() {
  const pending: LaunchArguments[] = [];
  let deliver: (launch: LaunchArguments) => void = (launch) => pending.push(launch);
  let isQuitting = false;

  /** @param data untrusted data from another start. */
  function receive(data: unknown): void {
    const parsed = instanceDataSchema.safeParse(data);
    if (parsed.success) deliver(readLaunchArguments(parsed.data));
  }

  /** @param extra arguments of the next start, in addition to those of this one. */
  function deferToNextStart(...extra: string[]): void {
    if (isQuitting) return;
    isQuitting = true;
    const deferred: LaunchArguments[] = [];
    app.once('will-quit', () => {
      const own = process.argv.slice(1).filter((arg) => arg !== restartedSwitch);
      if (deferred.length > 0) relaunchApp([...extra, ...argumentsForNextStart(own, deferred)]);
    });
    deliver = (launch) => deferred.push(launch);
  }

  receive(instanceData());
  const onOpen = (event: Electron.Event, linkOrFile: string) => {
    event.preventDefault();
    receive({ args: [linkOrFile], workingFolder: '' });
  };
  app.on('open-url', onOpen);
  app.on('open-file', onOpen);
  return {
    receive,
    /** Delivers everything received so far, and then each later item as it arrives. */
    open(listener: (launch: LaunchArguments) => void): void {
      if (isQuitting) return;
      deliver = listener;
      for (const launch of pending.splice(0)) deliver(launch);
    },
    /** Call when the app quits. Anything received after that starts the app again. */
    deferToNextStart,
    /** Quits the app as a user would, and starts it again. */
    restart(...extra: string[]): void {
      deferToNextStart(...extra);
      receive({ args: [], workingFolder: '' });
      app.quit();
    },
  };
}
