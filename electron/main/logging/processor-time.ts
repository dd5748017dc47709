// How much a process of the app has worked.
import { app } from 'electron';

/** Returns the milliseconds that a process has had of the processor, all its threads together; null if that is not known. */
export function processorMsOf(pid: number | undefined): number | null {
  const metric = app.getAppMetrics().find((each) => each.pid === pid);
  const seconds = metric?.cpu.cumulativeCPUUsage;
  return seconds === undefined ? null : seconds * 1000;
}
