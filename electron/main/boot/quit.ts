// Delays quitting until everything held only in memory is saved. The windows close at once.

/** Maximum wait at quit (ms). The next start recovers whatever is not saved by then. */
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
  /** Null or absent: the default. */
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
  let hasTimedOut = false;

  function quitWhenSaved(): void {
    let isDone = false;
    const finish = () => {
      if (!isDone) quit();
      isDone = true;
    };
    void whenAllSaved().then(finish);
    after(maxWaitMs ?? defaultMaxWaitMs, () => {
      hasTimedOut = true;
      finish();
    });
  }

  return {
    /**
     * Call on each `before-quit`. The second call allows quitting at once, because the user insists.
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
     * Call on each `will-quit`: while the windows close, their pages send the user's last changes.
     *
     * @returns whether the app may end now. If not, `quit` is called as soon as it may.
     */
    mayEnd(): boolean {
      const isRepeated = areWindowsClosed;
      areWindowsClosed = true;
      if (isRepeated || hasTimedOut || isAllSaved()) return true;
      quitWhenSaved();
      return false;
    },
  };
}
