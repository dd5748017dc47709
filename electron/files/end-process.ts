// Ends a utility process after a bug, whatever version of Electron it runs on.

export type EndOptions = {
  /** Keeps messages that have arrived from being handled. */
  stopListening: () => void;
  exit?: (code: number) => void;
};

/**
 * Returns a function that logs an error and ends the process.
 *
 * Since Electron 37 `process.exit` of a utility process ends it at once. Before, it returned, and the process went on for
 * a moment: it must not begin a task then, because the main process takes the exit for the end of all its tasks.
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
