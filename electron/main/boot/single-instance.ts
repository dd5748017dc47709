// What comes from outside before and while the app runs: links and files, of this start and of later ones.
import { app } from 'electron';
import {
  argumentsForNextStart,
  instanceDataSchema,
  type LaunchArguments,
  readLaunchArguments,
} from '../desktop/launch-arguments';
import { relaunchApp } from '../desktop/relaunch';

/** For `app.requestSingleInstanceLock`: what a second start hands to the first. */
export function instanceData(): { words: string[]; folder: string } {
  return { words: process.argv.slice(1), folder: process.cwd() };
}

export type Inbox = ReturnType<typeof createInbox>;

/** Call it before the app is ready: macOS sends the link that starts it right then. */
export function createInbox() {
  const waiting: LaunchArguments[] = [];
  let take: (brought: LaunchArguments) => void = (brought) => waiting.push(brought);

  /** @param handed what another start has handed over, not to be trusted in its shape. */
  function receive(handed: unknown): void {
    const parsed = instanceDataSchema.safeParse(handed);
    if (parsed.success) take(readLaunchArguments(parsed.data));
  }

  let isKeeping = false;
  function deferToNextStart(): void {
    if (isKeeping) return;
    isKeeping = true;
    const kept: LaunchArguments[] = [];
    app.once('will-quit', () => {
      if (kept.length > 0) relaunchApp(argumentsForNextStart(process.argv.slice(1), kept));
    });
    take = (brought) => kept.push(brought);
  }

  receive(instanceData());
  const onOpen = (event: Electron.Event, word: string) => {
    event.preventDefault();
    receive({ words: [word], folder: '' });
  };
  app.on('open-url', onOpen);
  app.on('open-file', onOpen);
  return {
    receive,
    /** Hands over what has come so far, and from now on what comes. */
    open(taker: (brought: LaunchArguments) => void): void {
      if (isKeeping) return;
      take = taker;
      for (const brought of waiting.splice(0)) take(brought);
    },
    /** Call it when the app is ending: from now on, whatever comes is for another start, right after this one. */
    deferToNextStart,
    /** Ends the app as a user would, and starts it again. */
    restart(): void {
      deferToNextStart();
      receive({ words: [], folder: '' });
      app.quit();
    },
  };
}
