import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemTable } from '../../../../tests/servers/test-engine';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { createProcessTable } from './process-table';

let temporary: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  temporary = temporaryFolder();
});

afterEach(() => temporary.remove());

const args = ['--listen-ip', '127.0.0.1', '--listen-port', '4711', '--model', '/a b/m.gguf'];

test('tells when a process of this system was started, and that there is no other', async () => {
  const start = await systemTable.startOf(process.pid);
  expect(start).toMatch(/\d/);
  expect(await systemTable.startOf(process.pid)).toBe(start);
  expect(await systemTable.startOf(process.ppid)).not.toBe(start);
  expect(await systemTable.startOf(4_194_304 * 2)).toBeNull();
});

describe('Linux', () => {
  const stat = (state: string, ticks: number, name = 'sd-server') =>
    `12 (${name}) ${state} 1 12 12 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 1 0 ${ticks} 1 2 3`;

  function tableWith(files: Record<string, string>) {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(temporary.folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const run = async () => '';
    return createProcessTable({ platform: 'linux', run, proc: temporary.folder });
  }

  test('takes the start time together with the start of the computer', async () => {
    const table = tableWith({ '12/stat': stat('S', 998877), 'sys/kernel/random/boot_id': 'boot-1\n' });
    expect(await table.startOf(12)).toBe('boot-1/998877');
    const later = tableWith({ 'sys/kernel/random/boot_id': 'boot-2\n' });
    expect(await later.startOf(12)).toBe('boot-2/998877');
  });

  test.each(['a) S 1 (b', 'sd server', ')'])('reads past a program named %j', async (name) => {
    const table = tableWith({ '12/stat': stat('R', 5, name), 'sys/kernel/random/boot_id': 'b' });
    expect(await table.startOf(12)).toBe('b/5');
  });

  test('takes a process that has ended and was not collected for none', async () => {
    const table = tableWith({ '12/stat': stat('Z', 5) });
    expect(await table.startOf(12)).toBeNull();
  });

  test('finds the process with exactly these arguments', async () => {
    const line = (...parts: string[]) => parts.map((part) => `${part}\0`).join('');
    const table = tableWith({
      '12/cmdline': line('/opt/sd-server', ...args),
      '13/cmdline': line('/opt/sd-server', ...args, '--more'),
      '14/cmdline': line('/opt/sd-server', ...args.slice(0, -1), '/x/a b/m.gguf'),
      '15/cmdline': '',
      'self/cmdline': line('/opt/sd-server', ...args),
    });
    expect(await table.findByArguments(args)).toEqual([12]);
  });
});

describe('macOS', () => {
  function tableWith(answers: Record<string, string>) {
    return createProcessTable({
      platform: 'darwin',
      async run(command, given) {
        const answer = answers[[command, ...given].join(' ')];
        if (answer === undefined) throw new Error('exit code 1');
        return answer;
      },
    });
  }

  test('asks ps for the start time', async () => {
    const table = tableWith({
      '/bin/ps -o state=,lstart= -p 12': 'S    Sat Nov 28 22:15:01 2026    \n',
      '/bin/ps -o state=,lstart= -p 13': 'Z    Sat Nov 28 22:15:01 2026    \n',
    });
    expect(await table.startOf(12)).toBe('Sat Nov 28 22:15:01 2026');
    expect(await table.startOf(13)).toBeNull();
    expect(await table.startOf(14)).toBeNull();
  });

  test('finds the process with exactly these arguments', async () => {
    const table = tableWith({
      '/bin/ps -axww -o pid=,command=': [
        `  501 /Users/a b/sd-server ${args.join(' ')}`,
        `  502 /Users/a b/sd-server ${args.join(' ')} --more`,
        '  503 /bin/zsh',
        '',
      ].join('\n'),
    });
    expect(await table.findByArguments(args)).toEqual([501]);
  });
});

describe('Windows', () => {
  /** The answers have the form that PowerShell documents. They were not recorded on Windows. */
  function tableWith(answer: string | Error) {
    const scripts: string[] = [];
    const table = createProcessTable({
      platform: 'win32',
      async run(command, given) {
        expect(command).toBe('powershell.exe');
        scripts.push(given.at(-1) ?? '');
        if (answer instanceof Error) throw answer;
        return answer;
      },
    });
    return { table, scripts };
  }

  test('asks for the time of creation', async () => {
    const { table, scripts } = tableWith('133771234567890123\r\n');
    expect(await table.startOf(12)).toBe('133771234567890123');
    expect(scripts).toEqual([expect.stringContaining("'ProcessId=12'")]);
    expect(
      await tableWith('You cannot call a method on a null-valued expression.').table.startOf(12),
    ).toBeNull();
    expect(await tableWith(new Error('exit code 1')).table.startOf(12)).toBeNull();
  });

  const program = `C:\\Program Files\\Afterimage\\sd-server.exe`;
  const withModel = (file: string) => [...args.slice(0, -1), file];
  const model = "D:\\Jörg's models\\m.gguf";
  const line = `"${program}" ${args.slice(0, -1).join(' ')} "${model}"`;
  const row = (id: number, commandLine: string | null) => ({ ProcessId: id, CommandLine: commandLine });

  test('finds the process with exactly these arguments, and no other one of the same port', async () => {
    const { table, scripts } = tableWith(
      JSON.stringify([
        row(17, line),
        row(18, `${line} --more`),
        row(19, line.replace('m.gguf', 'n.gguf')),
        row(20, line.replace('4711', '47110')),
        row(21, `"${program}" ${args.slice(2, -1).join(' ')} "${model}"`),
        row(22, `powershell.exe -Command "Get-CimInstance -Filter '--listen-port 4711'"`),
        row(23, null),
        // Started by a script, which may quote all of it.
        row(
          24,
          `sd.exe ${withModel(model)
            .map((arg) => `"${arg}"`)
            .join('\t ')}`,
        ),
      ]),
    );
    expect(await table.findByArguments(withModel(model))).toEqual([17, 24]);
    expect(scripts).toHaveLength(1);
    expect(scripts[0]).toContain("LIKE '%4711%'");
    expect(scripts[0]).not.toContain('gguf');
  });

  test('reads the answer of one process, of none, and what is no answer', async () => {
    const find = (answer: string | Error) => tableWith(answer).table.findByArguments(withModel(model));
    expect(await find(`${JSON.stringify(row(17, line))}\r\n`)).toEqual([17]);
    expect(await find('')).toEqual([]);
    expect(await find('Get-CimInstance : Access denied')).toEqual([]);
    expect(await find(new Error('exit code 1'))).toEqual([]);
  });

  test.each([
    ['\\\\server\\share\\m.gguf', '\\\\server\\share\\m.gguf'],
    ['D:\\a b\\', '"D:\\a b\\\\"'],
    ['a"b', '"a\\"b"'],
    ['a\\"b', '"a\\\\\\"b"'],
    ['', '""'],
  ])('reads the argument %j as it is quoted there', async (arg, quoted) => {
    const { table } = tableWith(
      JSON.stringify(row(17, `"${program}" ${args.slice(0, -1).join(' ')} ${quoted}`)),
    );
    expect(await table.findByArguments(withModel(arg))).toEqual([17]);
  });

  test('puts no port into the script that is no number', async () => {
    const { table, scripts } = tableWith('[]');
    expect(await table.findByArguments(['--listen-port', '1; Remove-Item *'])).toEqual([]);
    expect(scripts).toEqual([]);
  });
});
