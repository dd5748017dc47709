// The entry of the reader's thread. It must not import Electron, which exists in the main thread alone.
import { parentPort, workerData } from 'node:worker_threads';
import { answerReads } from '../reader/answer-reads';
import { reads } from './reads';

const port = parentPort;
if (port) answerReads(reads, workerData, port, () => port.close());
