// Hashes a file in a thread of its own, which ends with it.
import { Worker } from 'node:worker_threads';

/** @param script the path of the thread's bundle. */
export function createHashInThread(script: string) {
  /** Returns the SHA-256 of a file in hexadecimal. Rejects if the file cannot be read or the signal is aborted. */
  return (file: string, signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(script, { workerData: file });
      const stop = () => {
        void thread.terminate();
        reject(new Error('Stopped.'));
      };
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      thread.once('message', (hash) => resolve(String(hash)));
      thread.once('error', reject);
      thread.once('exit', () => {
        signal.removeEventListener('abort', stop);
        reject(new Error('The thread ended without a hash.'));
      });
    });
}
