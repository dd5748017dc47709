// The app's reads, and others that tests need to hold, end or break the reader's thread.
import { isMainThread, threadId } from 'node:worker_threads';
import { reads } from '../../electron/main/boot/reads';
import type { ReadContext, Reads } from '../../electron/main/db/read';

export type Cell = Int32Array<SharedArrayBuffer>;

export const cell = (value = 0): Cell => new Int32Array(new SharedArrayBuffer(4)).fill(value);

export const threadReads = {
  ...reads,
  runsInThread: { run: () => !isMainThread },
  threadNumber: { run: () => threadId },
  /** Ends the thread as often as the cell says. */
  exit: {
    run(_context: ReadContext, { times }: { times: Cell }): string {
      if (Atomics.sub(times, 0, 1) > 0) process.exit(1);
      return 'alive';
    },
  },
  /** Fails outside of the read, as a bug does. */
  throwLater: {
    *slices(_context: ReadContext, { times }: { times: Cell }) {
      if (Atomics.sub(times, 0, 1) > 0) {
        setImmediate(() => {
          throw new Error('a bug');
        });
        for (;;) yield;
      }
      return 'alive';
    },
  },
  fail: {
    run: () => {
      throw Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' });
    },
  },
  unclonable: { run: () => () => {} },
  /** Never ends by itself. Counts its slices. */
  endless: {
    replaces: () => true,
    *slices(_context: ReadContext, { slices }: { slices: Cell }) {
      for (;;) {
        Atomics.add(slices, 0, 1);
        Atomics.notify(slices, 0);
        yield;
      }
    },
  },
  /** Reads, then waits until the cell `go` is 1, so that rows can change before the answer arrives. */
  heldCount: {
    isOrdered: true,
    run: ({ store }: ReadContext, { begun, go }: { begun: Cell; go: Cell }) => {
      const count = store.conversations.count();
      Atomics.add(begun, 0, 1);
      Atomics.notify(begun, 0);
      Atomics.wait(go, 0, 0);
      return count;
    },
  },
} satisfies Reads;
