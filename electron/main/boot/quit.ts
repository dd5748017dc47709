// The end of the app: what has arrived is kept first, for a while, with the windows gone already.

/** Longer than this nobody waits, in milliseconds. What is not kept by then is for the next start to explain. */
const maxWaitMs = 5000;

export type QuitOptions = {
  /** Nothing new is to be begun. */
  stopBeginning: () => void;
  areKept: () => boolean;
  /** Resolves when everything that has arrived is kept. */
  whenKept: () => Promise<void>;
  hideWindows: () => void;
  after: (milliseconds: number, work: () => void) => void;
  /** Asks for the end again. */
  quit: () => void;
};

export type Quit = ReturnType<typeof createQuit>;

export function createQuit({ stopBeginning, areKept, whenKept, hideWindows, after, quit }: QuitOptions) {
  let state: 'running' | 'waiting' | 'over' = 'running';

  function goOn(): void {
    if (state !== 'waiting') return;
    state = 'over';
    quit();
  }

  return {
    /**
     * To be asked each time that the app is to end. A second time goes at once: the user means it.
     *
     * @returns whether it may end now. If not, it asks for the end by itself, in a moment.
     */
    mayGo(): boolean {
      stopBeginning();
      if (state !== 'running' || areKept()) {
        state = 'over';
        return true;
      }
      state = 'waiting';
      hideWindows();
      void whenKept().then(goOn);
      after(maxWaitMs, goOn);
      return false;
    },
    /** Whether the end has been asked for. */
    isAsked: () => state !== 'running',
  };
}
