// The main process's side of the fault tests: AFTERIMAGE_FAULT_POINT names the place where it dies.
import { createFaultPoint } from '../../../shared/domain/fault-points';

export const faultPoint = createFaultPoint(process.env['AFTERIMAGE_FAULT_POINT'], () => {
  process.kill(process.pid, 'SIGKILL');
});
