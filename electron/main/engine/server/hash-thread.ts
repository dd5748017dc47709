// Hashes a file, streamed. The entry of a thread: a model has many gigabytes, and the main thread has a window to serve.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/** Few and large reads: the disk is what takes the time. */
const chunkBytes = 1024 * 1024;

const hash = createHash('sha256');
for await (const chunk of createReadStream(String(workerData), { highWaterMark: chunkBytes }))
  hash.update(chunk);
parentPort?.postMessage(hash.digest('hex'));
