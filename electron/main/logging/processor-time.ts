// Reads the processor time of the app's processes.
import { app } from 'electron';

/** Returns the processor time of all of a process's threads (ms); null if unknown. */
export function processorMsOf(pid: number | undefined): number | null {
  const metric = app.getAppMetrics().find((each) => each.pid === pid);
  const seconds = metric?.cpu.cumulativeCPUUsage;
  return seconds === undefined ? null : seconds * 1000;
}
