// Entry point of the reader thread. It must not import Electron, which exists only on the main thread.
import { parentPort, workerData } from 'node:worker_threads';
import { answerReads } from '../reader/answer-reads';
import { reads } from './reads';

const port = parentPort;
if (port) answerReads(reads, workerData, port, () => port.close());
