// Fault points of the main process: it kills itself at the one that AFTERIMAGE_FAULT_POINT names.
import { createFaultPoint } from '../../../shared/domain/fault-points';

export const faultPoint = createFaultPoint(process.env['AFTERIMAGE_FAULT_POINT'], () => {
  process.kill(process.pid, 'SIGKILL');
});
