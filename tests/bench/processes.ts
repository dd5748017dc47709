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

/** @returns how long a thread has run on a processor, in milliseconds. The main thread has the process's id. */
export function threadTime(process: number, thread: number): number {
  const [nanoseconds = ''] = readFileSync(`/proc/${process}/task/${thread}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}
