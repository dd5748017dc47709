import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../../../../tests/servers/sd-server';
import { systemTable } from '../../../../tests/servers/test-engine';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { endOrphans } from './orphans';
import { createRunningRecord, type RunningRecord } from './running-record';

let temporary: ReturnType<typeof temporaryFolder>;
let record: RunningRecord;
const started: number[] = [];

beforeEach(() => {
  temporary = temporaryFolder();
  record = createRunningRecord(path.join(temporary.folder, 'engine', 'running.json'));
});

afterEach(() => {
  for (const pid of started.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  temporary.remove();
});

/** Starts a process that does nothing, as an engine that its app has left behind. */
async function startProcess(args: string[]): Promise<number> {
  const program = path.join(temporary.folder, 'idle.mjs');
  writeFileSync(program, 'console.log("started"); setInterval(() => {}, 1e6);');
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  started.push(pid);
  return pid;
}

const args = (port: number) => [
  '--listen-ip',
  '127.0.0.1',
  '--listen-port',
  String(port),
  '--model',
  '/m.gguf',
];
const end = () => endOrphans({ record, table: systemTable });

test('ends the process of the record and forgets it', async () => {
  const pid = await startProcess(args(4001));
  record.write({ pid, start: await systemTable.startOf(pid), arguments: ['--other'] });
  expect(await end()).toBe(1);
  expect(isAlive(pid)).toBe(false);
  expect(record.read()).toBeNull();
});

test('leaves a process alone that has the id of the record and was started at another time', async () => {
  const pid = await startProcess(args(4002));
  record.write({ pid, start: 'another start/1', arguments: args(4003) });
  expect(await end()).toBe(0);
  expect(isAlive(pid)).toBe(true);
  expect(record.read()).toBeNull();
});

test('finds a process whose id the app could not record any more by its arguments', async () => {
  const [pid, neighbour, longer] = await Promise.all([
    startProcess(args(4004)),
    startProcess(args(4005)),
    startProcess([...args(4004), '--more']),
  ]);
  record.write({ pid: null, start: null, arguments: args(4004) });
  expect(await end()).toBe(1);
  expect([pid, neighbour, longer].map((id) => isAlive(id))).toEqual([false, true, true]);
});

test('finds the real server behind a script of the user', async () => {
  const script = path.join(temporary.folder, 'sd-server');
  const program = path.join(temporary.folder, 'idle.mjs');
  writeFileSync(program, 'console.log(process.pid); setInterval(() => {}, 1e6);');
  writeFileSync(script, `#!/bin/sh\n'${process.execPath}' '${program}' "$@"\n`);
  chmodSync(script, 0o755);
  const shell = spawn(script, args(4006), { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(shell.stdout, 'data');
  const server = Number(String(line));
  started.push(server, shell.pid ?? 0);
  record.write({
    pid: shell.pid ?? 0,
    start: await systemTable.startOf(shell.pid ?? 0),
    arguments: args(4006),
  });
  expect(await end()).toBe(2);
  expect(isAlive(server)).toBe(false);
});

test('does nothing without a record, after a process that has ended, or with a record that is damaged', async () => {
  expect(await end()).toBe(0);
  const pid = await startProcess(args(4007));
  record.write({ pid, start: await systemTable.startOf(pid), arguments: args(4007) });
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect(await end()).toBe(0);
  writeFileSync(path.join(temporary.folder, 'engine', 'running.json'), '{"version":1,"pid":"');
  expect(await end()).toBe(0);
});
