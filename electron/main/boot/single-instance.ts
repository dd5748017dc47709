// What comes from outside before and while the app runs: links and files, of this start and of later ones.
import { app } from 'electron';
import { startAgain } from '../desktop/restart';
import {
  handedOverSchema,
  readArguments,
  type StartArguments,
  wordsOfNextStart,
} from '../desktop/start-arguments';

/** For `app.requestSingleInstanceLock`: what a second start hands to the first. */
export function handOver(): { words: string[]; folder: string } {
  return { words: process.argv.slice(1), folder: process.cwd() };
}

export type Inbox = ReturnType<typeof createInbox>;

/** Call it before the app is ready: macOS sends the link that starts it right then. */
export function createInbox() {
  const waiting: StartArguments[] = [];
  let take: (brought: StartArguments) => void = (brought) => waiting.push(brought);

  /** @param handed what another start has handed over, not to be trusted in its shape. */
  function receive(handed: unknown): void {
    const parsed = handedOverSchema.safeParse(handed);
    if (parsed.success) take(readArguments(parsed.data));
  }

  let isKeeping = false;
  function keepForNextStart(): void {
    if (isKeeping) return;
    isKeeping = true;
    const kept: StartArguments[] = [];
    app.once('will-quit', () => {
      if (kept.length > 0) startAgain(wordsOfNextStart(process.argv.slice(1), kept));
    });
    take = (brought) => kept.push(brought);
  }

  receive(handOver());
  const onOpen = (event: Electron.Event, word: string) => {
    event.preventDefault();
    receive({ words: [word], folder: '' });
  };
  app.on('open-url', onOpen);
  app.on('open-file', onOpen);
  return {
    receive,
    /** Hands over what has come so far, and from now on what comes. */
    open(taker: (brought: StartArguments) => void): void {
      if (isKeeping) return;
      take = taker;
      for (const brought of waiting.splice(0)) take(brought);
    },
    /** Call it when the app is ending: from now on, whatever comes is for another start, right after this one. */
    keepForNextStart,
    /** Ends the app as a user would, and starts it again. */
    restart(): void {
      keepForNextStart();
      receive({ words: [], folder: '' });
      app.quit();
    },
  };
}
