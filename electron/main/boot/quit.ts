// Delays quitting until the pictures that have arrived are saved. The windows close at once.

/** Maximum wait at quit (ms). The next start recovers what is not saved by then. */
const defaultMaxWaitMs = 5000;

export type QuitOptions = {
  /** Keeps new jobs from starting. */
  closeQueue: () => void;
  areSaved: () => boolean;
  /** Resolves when every picture that has arrived is saved. */
  whenSaved: () => Promise<void>;
  hideWindows: () => void;
  after: (milliseconds: number, work: () => void) => void;
  /** Quits again. */
  quit: () => void;
  /** Null or absent: the usual one. */
  maxWaitMs?: number | null;
};

export type Quit = ReturnType<typeof createQuit>;

export function createQuit({
  closeQueue,
  areSaved,
  whenSaved,
  hideWindows,
  after,
  quit,
  maxWaitMs,
}: QuitOptions) {
  let state: 'running' | 'waiting' | 'over' = 'running';

  function finish(): void {
    if (state !== 'waiting') return;
    state = 'over';
    quit();
  }

  return {
    /**
     * Call it each time the app is about to quit. The second call allows it at once, because the user insists.
     *
     * @returns whether the app may quit now. If not, `quit` is called as soon as it may.
     */
    mayQuit(): boolean {
      closeQueue();
      if (state !== 'running' || areSaved()) {
        state = 'over';
        return true;
      }
      state = 'waiting';
      hideWindows();
      void whenSaved().then(finish);
      after(maxWaitMs ?? defaultMaxWaitMs, finish);
      return false;
    },
    /** Returns whether the app was asked to quit. */
    isQuitting: () => state !== 'running',
  };
}
