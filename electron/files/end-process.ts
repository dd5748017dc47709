// Ends a utility process after a bug, on every version of Electron.

export type EndOptions = {
  /** Stops handling messages that have already arrived. */
  stopListening: () => void;
  exit?: (code: number) => void;
};

/**
 * Returns a function that logs an error and ends the process.
 *
 * Since Electron 37 `process.exit` of a utility process ends it at once. In earlier versions it returned, and the
 * process ran on for a moment. It must not begin a task then, because the main process regards all its tasks as
 * ended.
 */
export function createEndProcess({ stopListening, exit = process.exit }: EndOptions) {
  let isEnding = false;
  return (error: unknown): void => {
    if (isEnding) return;
    isEnding = true;
    console.error(error);
    stopListening();
    exit(1);
  };
}
