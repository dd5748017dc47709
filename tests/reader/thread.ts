// The entry of the reader's thread in tests.
import { parentPort, workerData } from 'node:worker_threads';
import { answerReads } from '../../electron/main/reader/answer-reads';
import { threadReads } from './thread-reads';

const port = parentPort;
if (port) answerReads(threadReads, workerData, port, () => port.close());
