// Decides what happens after an uncaught error: see docs/decisions/028.
import type { ErrorCode } from '../../../shared/domain/errors';

/** More errors than this within the period mean that something fails repeatedly. */
const maxErrors = 20;
const periodMs = 10_000;
/** If the app fails again within this time of a restart, the restart did not help and is not repeated. */
const minUsefulRunMs = 60_000;

export type UncaughtErrorsOptions = {
  /** Tells the user why there will be no window, and ends the app. */
  failStart: (error: unknown) => void;
  /** Tells the user that the app cannot go on, and ends it. */
  giveUp: (error: unknown) => void;
  /** Time since this process started (ms); must be monotonic. */
  uptime: () => number;
  /** Whether this run was started by `restart`. */
  wasRestarted: boolean;
};

/** The app's ways to handle an error once it is running. */
export type Recovery = {
  codeOf: (error: unknown) => ErrorCode;
  /** Handles a failure that is not a bug and has its own notice, such as a full disk. */
  onFailure: (code: ErrorCode) => void;
  /** Tells the user that something went wrong and that the app keeps running. */
  notify: () => void;
  /** Saves what can be saved, and starts the app again. */
  restart: () => void;
};

export type UncaughtErrors = ReturnType<typeof createUncaughtErrors>;

export function createUncaughtErrors(options: UncaughtErrorsOptions) {
  const { failStart, giveUp, uptime, wasRestarted } = options;
  let record: (message: string, error: unknown) => void = console.error;
  let recovery: Recovery | null = null;
  let isEnding = false;
  let recent: number[] = [];

  function log(message: string, error: unknown): void {
    try {
      record(message, error);
    } catch {
      // Logging may throw, for example because of the error's getter. The error itself must still be handled.
    }
  }

  function handle(error: unknown): void {
    // Not shown: only in the log.
    log('An error was not caught:', error);
    // A failure during shutdown must not keep the app from quitting.
    if (isEnding) return;
    if (recovery === null) {
      end(() => failStart(error));
      return;
    }
    try {
      recover(error, recovery);
    } catch (another) {
      // Not shown: only in the log.
      log('The error could not be handled:', another);
    }
  }

  function recover(error: unknown, { codeOf, onFailure, notify, restart }: Recovery): void {
    const code = codeOf(error);
    onFailure(code);
    if (code === 'disk_full' || code === 'database_damaged') return;
    const at = uptime();
    recent = [...recent.filter((time) => time > at - periodMs), at];
    if (recent.length <= maxErrors) notify();
    else end(() => (wasRestarted && at < minUsefulRunMs ? giveUp(error) : restart()));
  }

  /** Later errors are only logged. */
  function end(work: () => void): void {
    isEnding = true;
    work();
  }

  return {
    /** Handles an uncaught exception or an unhandled rejection. Never throws. */
    handle,
    /** @param write logs errors from now on, instead of the console. */
    logTo(write: (message: string, error: unknown) => void): void {
      record = write;
    },
    /** Handles an error after which the app cannot continue. */
    fail(error: unknown): void {
      // Not shown: only in the log.
      log('The app cannot go on:', error);
      if (!isEnding) end(() => (recovery === null ? failStart(error) : giveUp(error)));
    },
    /** Call when the first window shows. Until then, every error means that the app cannot start. */
    startRecovering(parts: Recovery): void {
      recovery = parts;
    },
    /** Call when the app quits. Later errors are only logged. */
    stop(): void {
      isEnding = true;
    },
  };
}
