// The codec process: opens and draws pictures apart from the network, so that a crash of the codec cuts off no request.
import type { FromCodec, ToCodec } from '../../../shared/generator/codec-messages';
import { performCodecTask } from './perform-task';

process.parentPort.on('message', ({ ports: [port] }) => {
  if (!port) return;
  port.on('message', ({ data }: { data: ToCodec }) => {
    // Expected failures are values. A rejection is a bug: the process exits, and the main process starts a new one.
    performCodecTask(data).then((answer) => {
      port.postMessage({ task: data.task, answer } satisfies FromCodec);
    }, exitWith);
  });
  port.start();
});

function exitWith(error: unknown): never {
  console.error(error);
  process.exit(1);
}

process.on('unhandledRejection', exitWith);
