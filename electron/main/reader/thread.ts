// One thread of the reader, as the main thread sees it: its start, its messages and its end.
import { Worker } from 'node:worker_threads';
import type { ReaderOptions } from '../db/open-reader';
import { captureOutput } from '../logging/app-log';
import { connectionStates, type FromReader, type ReaderData, type ToReader } from './messages';

export type ThreadOptions = {
  /** The path of the thread's bundle. */
  script: string;
  database: ReaderOptions;
  /** Absolute. */
  dataFolder: string;
  onMessage: (message: FromReader) => void;
  /** Called once, whatever ended the thread. */
  onExit: () => void;
};

export type Thread = ReturnType<typeof startThread>;

/** Maximum wait at quit (ms). If the connection is not closed by then, the next start checks the database. */
const maxCloseMs = 1000;

export function startThread({ script, database, dataFolder, onMessage, onExit }: ThreadOptions) {
  const connection: ReaderData['connection'] = new Int32Array(new SharedArrayBuffer(4));
  const { file, nativeBinding, identity } = database;
  const data: ReaderData = { file, nativeBinding, identity, dataFolder, connection };
  const worker = new Worker(script, {
    // Not shown: the name of a process in the system’s list.
    name: 'Afterimage reader',
    workerData: data,
    stdout: true,
    stderr: true,
  });
  captureOutput(worker, 'reader');
  worker.on('message', onMessage);
  // An error is followed by the exit.
  worker.on('error', (error) => console.error('The reader has failed:', error));
  worker.on('exit', onExit);

  function send(message: ToReader): void {
    worker.postMessage(message);
  }

  return {
    send,
    /** Ends the thread soon. */
    close: () => send({ type: 'close' }),
    /** Ends the thread, and waits until its connection is closed. */
    closeNow(): void {
      const { none, open, ended } = connectionStates;
      if (Atomics.compareExchange(connection, 0, none, ended) === open) {
        send({ type: 'close' });
        if (Atomics.wait(connection, 0, open, maxCloseMs) === 'timed-out')
          console.error('The reader did not close the database in time.');
      }
      void worker.terminate();
    },
  };
}
