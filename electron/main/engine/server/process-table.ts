// Looks at the system's processes: when one was started, and which one runs with certain arguments.

import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseJson } from '../../../../shared/domain/parse-json';

export type ProcessTable = {
  /** Returns what tells a process from a later one with the same id; null if there is no such process. */
  startOf: (pid: number) => Promise<string | null>;
  /** Returns the ids of the processes that were started with exactly these arguments, whatever their program is. */
  findByArguments: (args: readonly string[]) => Promise<number[]>;
};

export type ProcessTableOptions = {
  platform: NodeJS.Platform;
  /** Runs a tool of the system and returns what it prints. Rejects if it fails or is missing. */
  run: (command: string, args: readonly string[]) => Promise<string>;
  /** The root of Linux's files about processes. */
  proc?: string;
};

export function createProcessTable({ platform, run, proc = '/proc' }: ProcessTableOptions): ProcessTable {
  switch (platform) {
    case 'linux':
      return linuxTable(proc);
    case 'win32':
      return windowsTable(run);
    default:
      return posixTable(run);
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function linuxTable(proc: string): ProcessTable {
  const read = (file: string) => {
    try {
      return readFileSync(`${proc}/${file}`, 'utf8');
    } catch {
      return null;
    }
  };
  return {
    async startOf(pid) {
      const stat = read(`${pid}/stat`);
      if (stat === null) return null;
      // The program's name is in parentheses and may itself contain some.
      const [state = 'X', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = fields[18];
      if (/[ZX]/.test(state) || ticks === undefined) return null;
      // Ticks count from the start of the computer, so another start has the same ones.
      return `${read('sys/kernel/random/boot_id')?.trim() ?? ''}/${ticks}`;
    },
    async findByArguments(args) {
      const end = args.map((arg) => `${arg}\0`).join('');
      return readdirSync(proc)
        .filter((name) => /^\d+$/.test(name) && read(`${name}/cmdline`)?.endsWith(`\0${end}`))
        .map(Number);
    },
  };
}

/** macOS and other systems with a `ps` as POSIX has it. */
function posixTable(run: ProcessTableOptions['run']): ProcessTable {
  return {
    async startOf(pid) {
      const line = await run('/bin/ps', ['-o', 'state=,lstart=', '-p', String(pid)]).catch(() => '');
      const [, state = 'Z', start = ''] = /^\s*(\S+)\s+(.*\S)\s*$/.exec(line) ?? [];
      return state.startsWith('Z') || start === '' ? null : start;
    },
    async findByArguments(args) {
      const lines = await run('/bin/ps', ['-axww', '-o', 'pid=,command=']);
      return lines
        .split('\n')
        .filter((line) => line.endsWith(` ${args.join(' ')}`))
        .map((line) => Number.parseInt(line, 10));
    },
  };
}

/** A process as PowerShell prints it. */
const windowsProcessSchema = z.object({ ProcessId: z.int(), CommandLine: z.string() });

/** Untested on Windows. https://learn.microsoft.com/windows/win32/cimwin32prov/win32-process */
function windowsTable(run: ProcessTableOptions['run']): ProcessTable {
  const ask = (script: string) =>
    run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]).catch(() => '');
  return {
    async startOf(pid) {
      const found = await ask(
        `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CreationDate.ToFileTimeUtc()`,
      );
      return /^\d+$/.test(found.trim()) ? found.trim() : null;
    },
    async findByArguments(args) {
      // Only the port is put into the script. The arguments are compared here, because quoting differs between programs.
      const port = Number(args[args.indexOf('--listen-port') + 1]);
      if (!Number.isInteger(port)) return [];
      const found = await ask(
        // Not shown: commands of the system. Without the first one, a path beyond ASCII would be garbled.
        `[Console]::OutputEncoding = [Text.UTF8Encoding]::new($false); Get-CimInstance Win32_Process -Filter "CommandLine LIKE '%${port}%'" | Select-Object ProcessId, CommandLine | ConvertTo-Json -Compress`,
      );
      return readProcesses(found)
        .filter(({ CommandLine }) => endsWithArguments(splitCommandLine(CommandLine), args))
        .map(({ ProcessId }) => ProcessId);
    },
  };
}

/** ConvertTo-Json prints an array of several processes, one object of a single one, and nothing of none. */
function readProcesses(text: string): z.infer<typeof windowsProcessSchema>[] {
  const found: unknown[] = [parseJson(text)].flat();
  return found.flatMap((each) => windowsProcessSchema.safeParse(each).data ?? []);
}

/** Returns whether a command line is a program, whichever it is, with exactly these arguments. */
function endsWithArguments(line: readonly string[], args: readonly string[]): boolean {
  const from = line.length - args.length;
  return from > 0 && args.every((arg, index) => line[from + index] === arg);
}

/** https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments */
function splitCommandLine(line: string): string[] {
  const parts: string[] = [];
  let part: string | null = null;
  let isQuoted = false;
  for (const [token] of line.matchAll(/\\*"|\\+|[ \t]+|[^\\" \t]+/g)) {
    if (token.endsWith('"')) {
      const backslashes = token.length - 1;
      const isLiteral = backslashes % 2 === 1;
      part = `${part ?? ''}${'\\'.repeat(backslashes >> 1)}${isLiteral ? '"' : ''}`;
      if (!isLiteral) isQuoted = !isQuoted;
    } else if (isQuoted || !/^[ \t]/.test(token)) {
      part = `${part ?? ''}${token}`;
    } else if (part !== null) {
      parts.push(part);
      part = null;
    }
  }
  return part === null ? parts : [...parts, part];
}
