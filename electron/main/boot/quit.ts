// Delays quitting until what only this process has is saved. The windows close at once.

/** Maximum wait at quit (ms). The next start recovers what is not saved by then. */
const defaultMaxWaitMs = 5000;

export type QuitOptions = {
  /** Keeps new jobs from starting. */
  closeQueue: () => void;
  isAllSaved: () => boolean;
  /** Resolves when everything is saved. */
  whenAllSaved: () => Promise<void>;
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
  isAllSaved,
  whenAllSaved,
  hideWindows,
  after,
  quit,
  maxWaitMs,
}: QuitOptions) {
  let isAsked = false;
  let areWindowsClosed = false;
  let isPatienceOver = false;

  function quitWhenSaved(): void {
    let isDone = false;
    const finish = () => {
      if (!isDone) quit();
      isDone = true;
    };
    void whenAllSaved().then(finish);
    after(maxWaitMs ?? defaultMaxWaitMs, () => {
      isPatienceOver = true;
      finish();
    });
  }

  return {
    /**
     * Call it each time the app is about to quit. The second call allows it at once, because the user insists.
     *
     * @returns whether the windows may close now. If not, `quit` is called as soon as they may.
     */
    mayQuit(): boolean {
      closeQueue();
      const isRepeated = isAsked;
      isAsked = true;
      if (isRepeated || isAllSaved()) return true;
      hideWindows();
      quitWhenSaved();
      return false;
    },
    /**
     * Call it each time the windows are closed: while they close, their pages send what the user has written last.
     *
     * @returns whether the app may end now. If not, `quit` is called as soon as it may.
     */
    mayEnd(): boolean {
      const isRepeated = areWindowsClosed;
      areWindowsClosed = true;
      if (isRepeated || isPatienceOver || isAllSaved()) return true;
      quitWhenSaved();
      return false;
    },
  };
}
