import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { explainRefusedLock, type Surroundings } from './lock-holder';

let folder: string;
const around: Surroundings = {
  ...{ host: 'my-desk-1', platform: 'linux', program: process.execPath, temporary: tmpdir() },
};

beforeEach(() => {
  const fresh = temporaryFolder();
  onTestFinished(fresh.remove);
  folder = fresh.folder;
});

function setHolder(text: string): void {
  symlinkSync(text, path.join(folder, 'SingletonLock'));
}

function explain(changes: Partial<Surroundings> = {}) {
  return explainRefusedLock(folder, { ...around, ...changes });
}

async function start(): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error('The process did not start.');
  return Object.assign(child, { pid: child.pid });
}

test('a running process of this program on this computer is a second instance', async () => {
  const { pid } = await start();
  setHolder(`my-desk-1-${pid}`);
  expect(explain()).toEqual({ kind: 'second' });
});

test('a process that has ended is not a second instance', async () => {
  const child = await start();
  setHolder(`my-desk-1-${child.pid}`);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  expect(explain()).toEqual({ kind: 'unknown' });
});

test.runIf(process.platform === 'linux')(
  'a process of another program is not a second instance',
  async () => {
    const { pid } = await start();
    setHolder(`my-desk-1-${pid}`);
    expect(explain({ program: '/opt/Afterimage/afterimage' })).toEqual({ kind: 'unknown' });
  },
);

test('a process on another computer is not a second instance', () => {
  setHolder(`other-laptop.local-${process.pid}`);
  expect(explain()).toEqual({ kind: 'unknown' });
});

test.each(['nonsense', '-', 'host-', '-7'])('the lock %s counts as none', (text) => {
  setHolder(text);
  expect(explain()).toEqual({ kind: 'unknown' });
});

test('says why nothing can be written', () => {
  writeFileSync(path.join(folder, 'file'), '');
  folder = path.join(folder, 'file');
  expect(explain()).toMatchObject({ kind: 'unwritable', error: { code: 'ENOTDIR' } });
});

test.runIf(process.platform === 'linux')(
  'a folder in which the system refuses every name is unwritable',
  () => {
    folder = '/proc';
    expect(explain()).toMatchObject({ kind: 'unwritable' });
  },
);

test.each(['missing', 'file'])('names a folder for temporary files that cannot be used: %s', (name) => {
  writeFileSync(path.join(folder, 'file'), '');
  expect(explain({ temporary: path.join(folder, name) })).toEqual({ kind: 'no_temporary' });
});

test('on Windows a folder that can be written to has a second instance', () => {
  expect(explain({ platform: 'win32' })).toEqual({ kind: 'second' });
  folder = path.join(folder, 'missing');
  expect(explain({ platform: 'win32' })).toMatchObject({ kind: 'unwritable' });
});

test('leaves nothing in the folder, also after a crash during an earlier try', () => {
  writeFileSync(path.join(folder, `write-test-${process.pid}.part`), '');
  mkdirSync(path.join(folder, 'images'));
  explain({ temporary: path.join(folder, 'images') });
  expect(readdirSync(folder, { recursive: true })).toEqual(['images']);
});
