// The codec process: decodes and draws pictures. It makes no network requests, so a crash interrupts none.
import type { FromCodec, ToCodec } from '../../../shared/generator/codec-messages';
import { createEndProcess } from '../../files/end-process';
import { createKeptPictures } from './kept-pictures';
import { lowerPriority } from './lower-priority';
import { performCodecTask } from './perform-task';

lowerPriority();
const kept = createKeptPictures();

const endProcess = createEndProcess({
  stopListening: () => process.parentPort.removeAllListeners('message'),
});

process.parentPort.on('message', ({ ports: [port] }) => {
  if (!port) throw new Error('A message came without a port.');
  port.on('message', ({ data }: { data: ToCodec }) => {
    // Expected failures are values. A rejection is a bug: the process exits, and the main process starts a new one.
    performCodecTask(data, kept).then((answer) => {
      port.postMessage({ task: data.task, answer } satisfies FromCodec);
    }, endProcess);
  });
  port.start();
});

// Since Electron 37 an unhandled rejection no longer ends a utility process by itself.
process.on('unhandledRejection', endProcess);
process.on('uncaughtException', endProcess);
