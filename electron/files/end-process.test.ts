import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { createEndProcess } from './end-process';

/** A port with a listener, and an exit that ends the process at once or, as before Electron 37, later. */
function createProcess(exit: (code: number) => void) {
  const port = new EventEmitter();
  const handled: unknown[] = [];
  const exits: number[] = [];
  port.on('message', (message) => handled.push(message));
  const end = createEndProcess({
    stopListening: () => port.removeAllListeners('message'),
    exit(code) {
      exits.push(code);
      exit(code);
    },
  });
  return { port, handled, exits, end };
}

test('begins no task after process.exit has returned', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { port, handled, exits, end } = createProcess(() => {});
  port.emit('message', 1);
  end(new Error('a bug'));
  port.emit('message', 2);
  end(new Error('another, while the process goes on'));
  expect([handled, exits]).toEqual([[1], [1]]);
});

test('stops listening before a process.exit that does not return', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { port, handled, exits, end } = createProcess(() => {
    port.emit('message', 2);
    throw new Error('The process is over.');
  });
  expect(() => end(new Error('a bug'))).toThrow('The process is over.');
  expect([handled, exits]).toEqual([[], [1]]);
});
