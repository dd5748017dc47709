// Ends or blocks processes at the point that a fault test has chosen.
import { createFaultPoint } from '../../../shared/domain/fault-points';
import { armedPoint } from '../../files/armed-point';

const armed = armedPoint(process.env['AFTERIMAGE_FAULT_POINT']);

/** Kills the whole app, the main process first. */
export const faultPoint = createFaultPoint(
  { armed, slow: process.env['AFTERIMAGE_SLOW_POINT'] },
  {
    die() {
      const main = Number(process.env['AFTERIMAGE_MAIN_PID']);
      if (main > 0) process.kill(main, 'SIGKILL');
      process.kill(process.pid, 'SIGKILL');
    },
    block: (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
  },
);

/** Kills only this process, as a picture that crashes the codec does. */
export function codecFaultPoint(point: 'codec: before decoding'): void {
  if (armed?.() === point) process.kill(process.pid, 'SIGKILL');
}
