// Fault points of the generator: for tests, it kills the whole app, the main process first, at the chosen one.
import { createFaultPoint } from '../../../shared/domain/fault-points';

export const faultPoint = createFaultPoint(
  { armed: process.env['AFTERIMAGE_FAULT_POINT'] },
  {
    die() {
      const main = Number(process.env['AFTERIMAGE_MAIN_PID']);
      if (main > 0) process.kill(main, 'SIGKILL');
      process.kill(process.pid, 'SIGKILL');
    },
  },
);
