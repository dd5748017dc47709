// The generator's side of the fault tests: the whole app dies, the main process first.
import { createFaultPoint } from '../../../shared/domain/fault-points';

export const faultPoint = createFaultPoint(process.env['AFTERIMAGE_FAULT_POINT'], () => {
  const main = Number(process.env['AFTERIMAGE_MAIN_PID']);
  if (main > 0) process.kill(main, 'SIGKILL');
  process.kill(process.pid, 'SIGKILL');
});
