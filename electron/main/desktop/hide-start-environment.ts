// Takes API keys out of what a crash report copies: what a process was started with lies at the end of its stack.
import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { keyVariables } from '../environment';

/**
 * The variables keep their values, elsewhere in memory: a process that is started later still gets them. Call it before
 * the crash reporter starts. On Linux alone, where Crashpad copies the stack whole and a process may write there.
 */
export function hideKeysFromCrashReports(): void {
  const names = keyVariables.filter((name) => process.env[name]);
  if (process.platform !== 'linux' || names.length === 0) return;
  try {
    for (const name of names) {
      const value = process.env[name];
      // Set again, it is a copy, which is what everybody reads from now on.
      process.env[name] = value;
    }
    overwrite(names);
  } catch (error) {
    console.error('A key of the environment could not be kept out of crash reports:', error);
  }
}

/** @param names of variables whose first values nobody reads any more. */
function overwrite(names: readonly string[]): void {
  const { start, end } = environmentRange(readFileSync('/proc/self/stat', 'latin1'));
  const memory = openSync('/proc/self/mem', 'r+');
  try {
    const bytes = Buffer.alloc(end - start);
    readSync(memory, bytes, 0, bytes.length, start);
    for (const { at, length } of findValues(bytes, names)) {
      writeSync(memory, Buffer.alloc(length, '*'), 0, length, start + at);
    }
  } finally {
    closeSync(memory);
  }
}

/** @param stat what /proc/<id>/stat says: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export function environmentRange(stat: string): { start: number; end: number } {
  // The second field is a name in brackets, which may contain anything; the environment's are the 50th and 51st.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [start, end] = [Number(fields[47]), Number(fields[48])];
  if (!(start > 0 && end > start)) throw new Error('The environment is nowhere to be found.');
  return { start, end };
}

/** @returns where in a block of `NAME=value` entries, each ended by a zero, the values of these are, in bytes. */
export function findValues(block: Buffer, names: readonly string[]): { at: number; length: number }[] {
  const found: { at: number; length: number }[] = [];
  for (let at = 0; at < block.length; ) {
    const zero = block.indexOf(0, at);
    const end = zero === -1 ? block.length : zero;
    const name = names.find((known) => block.subarray(at, end).indexOf(`${known}=`) === 0);
    if (name) found.push({ at: at + name.length + 1, length: end - at - name.length - 1 });
    at = end + 1;
  }
  return found;
}
