// The main thread's side of the reader: sends it reads, restarts it after a crash, and runs reads here if it cannot
// run.
import { setImmediate as pause } from 'node:timers/promises';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { ReaderOptions } from '../db/open-reader';
import type { Read, ReadContext, ReadFunctions, Reads } from '../db/read';
import { type FromReader, restoreThrown } from './messages';
import { ReadReplaced, runRead } from './run-read';
import { startThread, type Thread } from './thread';

export type StartReaderOptions<All extends Reads> = ReaderOptions & {
  reads: All;
  /** The path of the thread's bundle. */
  script: string;
  /** The writing connection, for reads while there is no thread. */
  context: ReadContext;
  /** Returns a different number after each write. */
  changeCount: () => number;
  after: (milliseconds: number, work: () => void) => void;
};

export type Reader<All extends Reads> = {
  reads: ReadFunctions<All>;
  /** Lets the next read start the thread. Until then reads run here, because a thread would slow down the first paint. */
  allowThread: () => void;
  /** Closes the thread's connection before returning, so that the writing connection is the last one. */
  close: () => void;
};

type Pending = {
  name: string;
  input: unknown;
  replaced: Int32Array<SharedArrayBuffer>;
  /** The writing connection's `changeCount` when the read was sent. */
  changes: number;
  /** How often it was sent again because of newer changes, and how often the thread exited during it. */
  repeats: number;
  deaths: number;
  settle: { resolve: (result: Result<unknown>) => void; reject: (error: unknown) => void };
};

/** An ordered read is repeated this often while rows change, and then runs here. */
const maxRepeats = 5;
/** A read during which the thread exited this often is assumed to be the cause. */
const maxDeaths = 2;
/** The first restart is immediate, and later ones wait longer while no read succeeds. */
const firstRestartMs = 100;
const maxRestartMs = 10_000;
/** The thread ends after being idle for this long (ms), because it uses about 10 MB. */
const maxIdleMs = 60_000;
/** Delay before trying the thread again after it could not open the database (ms). */
const unavailableMs = 60_000;

export function startReader<All extends Reads>(options: StartReaderOptions<All>): Reader<All> {
  const { reads, changeCount, after } = options;
  const pending = new Map<number, Pending>();
  let thread: Thread | null = null;
  /** Threads that have been told to close their connection and may not have done it yet. */
  const ending = new Set<Thread>();
  let isIdleTimerSet = false;
  let lastId = 0;
  let crashes = 0;
  let isAllowed = false;
  let isResting = false;
  let isClosed = false;

  function ask(name: string, input: unknown): Promise<Result<unknown>> {
    return new Promise((resolve, reject) => {
      if (isClosed) return resolve(failure('reader_stopped'));
      endReplaced(name, input);
      lastId += 1;
      const read: Pending = {
        name,
        input,
        replaced: new Int32Array(new SharedArrayBuffer(4)),
        changes: 0,
        repeats: 0,
        deaths: 0,
        settle: { resolve, reject },
      };
      pending.set(lastId, read);
      if (!isAllowed) return void readHere(lastId);
      send(lastId);
      if (!thread && !isResting) start();
    });
  }

  function endReplaced(name: string, input: unknown): void {
    const isReplaced = reads[name]?.replaces;
    if (!isReplaced) return;
    for (const [id, older] of pending) {
      // Both inputs were type-checked by their callers.
      if (older.name !== name || !isReplaced(input as never, older.input as never)) continue;
      Atomics.store(older.replaced, 0, 1);
      finish(id)?.resolve(failure('read_replaced'));
    }
  }

  function finish(id: number): Pending['settle'] | undefined {
    const read = pending.get(id);
    pending.delete(id);
    return read?.settle;
  }

  function send(id: number): void {
    const read = pending.get(id);
    if (!read || !thread) return;
    const { name, input, replaced } = read;
    read.changes = changeCount();
    thread.send({ type: 'read', id, name, input, replaced });
  }

  async function readHere(id: number): Promise<void> {
    const read = pending.get(id);
    if (!read) return;
    const run = { isReplaced: () => isClosed || Atomics.load(read.replaced, 0) === 1, pause };
    try {
      const snapshot = <Value>(work: () => Value) => work();
      const value = await runRead(readOf(read), read.input, { ...run, context: options.context, snapshot });
      finish(id)?.resolve(success(value));
    } catch (error) {
      if (error instanceof ReadReplaced) finish(id)?.resolve(failure('read_replaced'));
      else finish(id)?.reject(error);
    }
  }

  function readOf({ name }: Pending): Read<never, unknown> {
    const read = reads[name];
    if (!read) throw new Error(`There is no read with the name ${name}.`);
    return read;
  }

  function start(): void {
    const { script, file, nativeBinding, identity, context } = options;
    const started = startThread({
      script,
      database: { file, nativeBinding, identity },
      dataFolder: context.dataFolder,
      onMessage: receive,
      onExit() {
        ending.delete(started);
        if (thread === started) onExit();
      },
    });
    thread = started;
    endWhenIdle(lastId);
    for (const id of pending.keys()) send(id);
  }

  /** @param seenId the latest read when the idle time began. */
  function endWhenIdle(seenId: number): void {
    if (isIdleTimerSet) return;
    isIdleTimerSet = true;
    after(maxIdleMs, () => {
      isIdleTimerSet = false;
      if (!thread || isClosed) return;
      if (lastId !== seenId || pending.size > 0) {
        endWhenIdle(lastId);
        return;
      }
      ending.add(thread);
      thread.close();
      thread = null;
    });
  }

  function receive(message: FromReader): void {
    switch (message.type) {
      case 'ready':
        break;
      case 'unavailable':
        onUnavailable(restoreThrown(message.error));
        break;
      case 'answer':
        crashes = 0;
        onAnswer(message.id, message.value);
        break;
      case 'replaced':
        finish(message.id)?.resolve(failure('read_replaced'));
        break;
      case 'failed':
        finish(message.id)?.reject(restoreThrown(message.error));
        break;
    }
  }

  /**
   * Passes an answer on. The page may already have received an event about a later change, which an older answer
   * would undo. So an ordered read is repeated until nothing has changed meanwhile.
   */
  function onAnswer(id: number, value: unknown): void {
    const read = pending.get(id);
    if (!read) return;
    const definition = readOf(read);
    const isOld = 'run' in definition && definition.isOrdered && read.changes !== changeCount();
    if (isOld) {
      read.repeats += 1;
      if (read.repeats > maxRepeats) void readHere(id);
      else send(id);
    } else finish(id)?.resolve(success(value));
  }

  /**
   * Runs reads here for a while: they must see the app's own writes, and a replaced database file may not have them.
   */
  function onUnavailable(error: Error): void {
    console.error('The reader could not open the database, so the main process reads:', error);
    thread = null;
    isAllowed = false;
    after(unavailableMs, () => {
      isAllowed = !isClosed;
    });
    for (const id of pending.keys()) void readHere(id);
  }

  function onExit(): void {
    thread = null;
    if (isClosed) return;
    for (const [id, read] of pending) {
      read.deaths += 1;
      if (read.deaths >= maxDeaths) finish(id)?.resolve(failure('reader_stopped'));
    }
    console.error('The reader ended unexpectedly and is started again.');
    isResting = true;
    after(crashes === 0 ? 0 : Math.min(firstRestartMs * 2 ** crashes, maxRestartMs), () => {
      isResting = false;
      if (!isClosed && pending.size > 0 && !thread) start();
    });
    crashes += 1;
  }

  function close(): void {
    isClosed = true;
    for (const [id, read] of pending) {
      Atomics.store(read.replaced, 0, 1);
      finish(id)?.resolve(failure('reader_stopped'));
    }
    thread?.closeNow();
    for (const each of ending) each.closeNow();
  }

  const names = Object.keys(reads);
  return {
    // Each function has the types of its own read, which TypeScript does not infer through the name.
    reads: Object.fromEntries(
      names.map((name) => [name, (input: unknown) => ask(name, input)]),
    ) as ReadFunctions<All>,
    allowThread() {
      isAllowed = true;
    },
    close,
  };
}
