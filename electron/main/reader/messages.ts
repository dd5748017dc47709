// The messages between the main thread and the reader thread.
import type { ReaderOptions } from '../db/open-reader';

export type ReaderData = ReaderOptions & {
  /** Absolute. */
  dataFolder: string;
  /**
   * One cell with a ConnectionState, changed by both threads, so that shutdown can wait until the connection is
   * closed.
   */
  connection: Int32Array<SharedArrayBuffer>;
};

/** `ended`: closed, or must not be opened any more. */
export const connectionStates = { none: 0, open: 1, ended: 2 } as const;

export type ToReader =
  | {
      type: 'read';
      id: number;
      name: string;
      input: unknown;
      /**
       * One cell that becomes 1 when a newer read replaces this one. A message would have to wait for the end of the
       * slice.
       */
      replaced: Int32Array<SharedArrayBuffer>;
    }
  | { type: 'close' };

export type ThrownError = {
  message: string;
  /** Such as SQLITE_CORRUPT; null if the error has none. */
  code: string | null;
  stack: string | null;
};

export type FromReader =
  | { type: 'ready' }
  /** The database could not be opened. The thread ends. */
  | { type: 'unavailable'; error: ThrownError }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'replaced'; id: number }
  | { type: 'failed'; id: number; error: ThrownError };

/** Errors lose their codes between threads. */
export function describeThrown(error: unknown): ThrownError {
  if (!(error instanceof Error)) return { message: String(error), code: null, stack: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { message: error.message, code, stack: error.stack ?? null };
}

/** Recreates an error thrown by the other thread. */
export function restoreThrown({ message, code, stack }: ThrownError): Error {
  const error = new Error(message);
  if (stack !== null) error.stack = stack;
  return code === null ? error : Object.assign(error, { code });
}
