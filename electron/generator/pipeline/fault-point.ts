// Kills the whole app, the main process first, at the point that a fault test has chosen.
import { createFaultPoint } from '../../../shared/domain/fault-points';

export const faultPoint = createFaultPoint(process.env['AFTERIMAGE_FAULT_POINT'], () => {
  const main = Number(process.env['AFTERIMAGE_MAIN_PID']);
  if (main > 0) process.kill(main, 'SIGKILL');
  process.kill(process.pid, 'SIGKILL');
});
