// Reads the output of strace: the system calls of one process that change files, in the order in which they took effect.

/** One finished system call. */
export type SystemCall = {
  name: string;
  /** As strace prints them, separated at the top level. Strings are decoded by `textOf` and `bytesOf`. */
  args: string[];
  /** The return value; -1 after an error. */
  result: number;
  /** Whether the call has just begun (`true`) or has ended. A call that nothing interrupts gives both at once. */
  isStart: boolean;
};

/** The system calls that the model of the file system understands. */
export const tracedCalls = [
  ...['open', 'openat', 'creat', 'close', 'dup', 'dup2', 'dup3'],
  ...['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'sendfile', 'copy_file_range', 'lseek'],
  ...['ftruncate', 'truncate', 'fallocate', 'fsync', 'fdatasync', 'sync_file_range', 'sync', 'syncfs'],
  ...['rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink', 'symlinkat'],
  ...['unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir', 'io_uring_setup'],
];

/**
 * Returns the calls in the order of the output. A call that another thread interrupts is reported twice: when it begins,
 * because a flush covers only what was written before it began, and when it ends, because only then a name exists.
 *
 * @throws if a line is not understood, so that no change of a file is overlooked.
 */
export function parseTrace(output: string): SystemCall[] {
  const begun = new Map<string, string>();
  const calls: SystemCall[] = [];
  for (const line of output.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (rest === '' || rest.startsWith('+++') || rest.startsWith('---')) continue;
    if (rest.endsWith(' <unfinished ...>')) {
      const text = rest.slice(0, -' <unfinished ...>'.length);
      begun.set(thread, text);
      const [, name = '', args = ''] = /^(\w+)\((.*)$/.exec(text) ?? [];
      calls.push({ name, args: splitArguments(args), result: 0, isStart: true });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const text = resumed ? `${begun.get(thread) ?? ''}${resumed[1]}` : rest;
    const [, name = '', args = '', result = ''] = /^(\w+)\((.*)\) += (-?\d+|\?)/.exec(text) ?? [];
    // The end of the process interrupts what its threads wait for.
    if (result === '?') continue;
    if (name === '') throw new Error(`A line of the trace is not understood: ${line.slice(0, 200)}`);
    const call = { name, args: splitArguments(args), result: Number(result) };
    if (!resumed) calls.push({ ...call, isStart: true });
    calls.push({ ...call, isStart: false });
  }
  return calls;
}

/** Splits at commas outside of strings, brackets and braces. */
function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let isString = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      // Strings are hexadecimal, so none contains a quotation mark.
      isString = !isString;
    } else if (!isString) {
      if (character === '[' || character === '{') depth += 1;
      if (character === ']' || character === '}') depth -= 1;
      if (character === ',' && depth === 0) {
        parts.push(text.slice(start, at).trim());
        start = at + 1;
      }
    }
  }
  return [...parts, text.slice(start).trim()];
}

/** Decodes a string that strace printed with `-xx`. @throws if strace has shortened it. */
export function bytesOf(argument: string): Buffer {
  const [, hex, rest] = /^"((?:\\x[0-9a-f]{2})*)"(.*)$/.exec(argument) ?? [];
  if (hex === undefined || rest !== '') throw new Error(`Not a complete string: ${argument.slice(0, 80)}`);
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex');
}

export function textOf(argument: string): string {
  return bytesOf(argument).toString('utf8');
}
