// Fault points of the main process, for tests: it can kill itself at one, block at one, or record all of them.
import { appendFileSync } from 'node:fs';
import { createFaultPoint } from '../../../shared/domain/fault-points';
import { armedPoint } from '../../files/armed-point';

export const faultPoint = createFaultPoint(
  {
    armed: armedPoint(process.env['AFTERIMAGE_FAULT_POINT']),
    slow: process.env['AFTERIMAGE_SLOW_POINT'],
    trace: process.env['AFTERIMAGE_TRACE_POINTS'],
  },
  {
    die: () => process.kill(process.pid, 'SIGKILL'),
    block: (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
    record: (file, point) => appendFileSync(file, `${JSON.stringify({ at: Date.now(), point })}\n`),
  },
);
