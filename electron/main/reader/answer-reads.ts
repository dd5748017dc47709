// The reader thread: opens its connection and answers reads until it is closed.
import { setImmediate as pause } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { openReader, type ReadConnection } from '../db/open-reader';
import type { Reads } from '../db/read';
import {
  connectionStates,
  describeThrown,
  type FromReader,
  type ReaderData,
  type ToReader,
} from './messages';
import { ReadReplaced, runRead } from './run-read';

/** @param end ends the thread. */
export function answerReads(reads: Reads, data: ReaderData, port: MessagePort, end: () => void): void {
  const connection = open(data, (error) => send({ type: 'unavailable', error: describeThrown(error) }));
  if (!connection) {
    end();
    return;
  }

  function send(message: FromReader): void {
    port.postMessage(message);
  }

  async function answer({ id, name, input, replaced }: ToReader & { type: 'read' }): Promise<void> {
    try {
      const read = Object.hasOwn(reads, name) ? reads[name] : undefined;
      if (!read || !connection) throw new Error(`There is no read with the name ${name}.`);
      const { dataFolder } = data;
      const value = await runRead(read, input, {
        context: { store: connection.store, dataFolder },
        isReplaced: () => Atomics.load(replaced, 0) === 1,
        snapshot: connection.snapshot,
        pause,
      });
      send({ type: 'answer', id, value });
    } catch (error) {
      if (error instanceof ReadReplaced) send({ type: 'replaced', id });
      else send({ type: 'failed', id, error: describeThrown(error) });
    }
  }

  port.on('message', (message: ToReader) => {
    if (message.type === 'read') return void answer(message);
    // A read that is between two slices throws at the next one. Nothing waits for its answer.
    connection.close();
    Atomics.store(data.connection, 0, connectionStates.ended);
    Atomics.notify(data.connection, 0);
    end();
  });
  send({ type: 'ready' });
}

/** Returns null if the database cannot be opened, or the app is quitting. */
function open(data: ReaderData, onError: (error: unknown) => void): ReadConnection | null {
  const { none, open, ended } = connectionStates;
  if (Atomics.compareExchange(data.connection, 0, none, open) !== none) return null;
  try {
    return openReader(data);
  } catch (error) {
    Atomics.store(data.connection, 0, ended);
    Atomics.notify(data.connection, 0);
    onError(error);
    return null;
  }
}
