// Reads the memory of a program's processes, and the time of its threads, from /proc. Linux only.
import { readdirSync, readFileSync } from 'node:fs';

/** @returns the ids of a process and of all its descendants. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), Number(field(Number(name), 'status', 'PPid') ?? 0));
  }
  const found = [root];
  for (const id of found) {
    for (const [child, parent] of parents) if (parent === id) found.push(child);
  }
  return found;
}

/**
 * @returns bytes, with shared memory counted once: the proportional set size,
 * https://docs.kernel.org/filesystems/proc.html
 */
export function memoryOf(ids: readonly number[]): number {
  return ids.reduce((sum, id) => sum + 1024 * Number(field(id, 'smaps_rollup', 'Pss') ?? 0), 0);
}

/** @returns the number of a line such as `Pss: 1234 kB`; null if the process has exited. */
function field(id: number, file: string, name: string): string | null {
  try {
    return (
      new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${id}/${file}`, 'utf8'))?.[1] ?? null
    );
  } catch {
    return null;
  }
}

/** @returns a thread's processor time in milliseconds. The main thread has the process's id. */
export function threadTime(process: number, thread: number): number {
  const [nanoseconds = ''] = readFileSync(`/proc/${process}/task/${thread}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}

/** @returns the processor time of all threads of these processes, in milliseconds. */
export function processorTime(ids: readonly number[]): number {
  return ids.reduce((sum, id) => sum + ticksOf(id) * msPerTick, 0);
}

/** Linux counts in hundredths of a second: `sysconf(_SC_CLK_TCK)`. */
const msPerTick = 10;

/** @returns zero for a process that has exited. Fields 14 and 15: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function ticksOf(id: number): number {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The second field is a name in parentheses, which may contain spaces.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}
