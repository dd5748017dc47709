import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { holdTimeouts } from '../../../tests/harness/hold-timeouts';
import { patient } from '../../../tests/harness/patient';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { createCodec } from './codec';
import { type CodecClient, createCodecClient, maxCrashes } from './codec-client';

// A minimal codec process. The name of a file determines what it does. It records the files that it receives.
const script = `
const { appendFileSync } = require('node:fs');
const value = { format: 'png', width: 1, height: 1, bytes: 1, thumbhash: '' };
const held = [];
process.on('message', ({ task, file }) => {
  const answer = (answer) => process.send({ task, answer });
  appendFileSync(process.argv[2], file + '\\n');
  if (file === 'crash') process.exit(5);
  // Blocks without using the processor, and never answers again.
  if (file === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (file === 'hold') return held.push(answer);
  if (file === 'nonsense') return answer({ ok: true, value: { ...value, width: -1 } });
  if (file === 'strange') { process.send(null); process.send({ task: -1, answer: true }); }
  answer({ ok: true, value });
  if (file === 'release') for (const release of held.splice(0)) release({ ok: true, value });
});
`;

let folder: string;
let children: ChildProcess[];
let client: CodecClient;
let reports: string[];
let dismissals: number;
let isWanted: boolean;
let starts: number;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  folder = temporary.folder;
  writeFileSync(path.join(folder, 'codec.cjs'), script);
  writeFileSync(path.join(folder, 'log'), '');
  children = [];
  reports = [];
  dismissals = 0;
  isWanted = false;
  starts = 0;
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  for (const child of children) child.removeAllListeners().kill('SIGKILL');
  vi.restoreAllMocks();
});

function createClient(limits: { maxIdleMs?: number } = {}) {
  // A client of an earlier test may still act on its own process.
  let current: ChildProcess | undefined;
  const created = createCodecClient({
    start() {
      starts += 1;
      const child = fork(path.join(folder, 'codec.cjs'), [path.join(folder, 'log')], { execArgv: [] });
      children.push(child);
      current = child;
      child.on('message', (message) => created.receive(message));
      child.on('exit', () => created.end());
      created.connect({ postMessage: (message) => void child.send(message, () => {}) });
    },
    report: (state) => void reports.push(state),
    dismiss() {
      if (client === created) dismissals += 1;
      // The main process does not report the end of a process that it ends by request.
      current?.removeAllListeners().kill('SIGKILL');
    },
    isWanted: () => isWanted,
    ...limits,
  });
  client = created;
  return createCodec(created.run);
}

const received = () => readFileSync(path.join(folder, 'log'), 'utf8').trim().split('\n');

test('starts one process for the first task and keeps it running', async () => {
  const codec = createClient();
  expect(children).toHaveLength(0);
  client.warmUp();
  client.warmUp();
  expect(await Promise.all(['a', 'b'].map(codec.measure))).toMatchObject([{ ok: true }, { ok: true }]);
  expect(starts).toBe(1);
});

test('reports an invalid answer as an unreadable picture, and ignores answers without a task', async () => {
  const codec = createClient();
  expect(await codec.measure('nonsense')).toMatchObject({ ok: false, code: 'unreadable_picture' });
  expect(await codec.measure('strange')).toMatchObject({ ok: true });
  expect(starts).toBe(1);
});

describe('after a crash', () => {
  test('a task runs again in a new process, alone', async () => {
    const codec = createClient();
    const held = codec.measure('hold');
    const released = codec.measure('a');
    await expect.poll(received, patient).toEqual(['hold', 'a']);
    expect(await released).toMatchObject({ ok: true });
    children[0]?.kill('SIGKILL');
    await expect.poll(received, patient).toEqual(['hold', 'a', 'hold']);
    const release = codec.measure('release');
    children[1]?.kill('SIGKILL');
    await expect.poll(received, patient).toEqual(['hold', 'a', 'hold', 'hold']);
    children[2]?.kill('SIGKILL');
    expect(await held).toMatchObject({ ok: false, code: 'unreadable_picture' });
    expect(await release).toMatchObject({ ok: true });
    expect(received()).toEqual(['hold', 'a', 'hold', 'hold', 'release']);
  });

  test('fails only the file that crashes the codec each time', async () => {
    const codec = createClient();
    const measured = await Promise.all(['a', 'crash', 'b', 'c'].map(codec.measure));
    expect(measured.map(({ ok }) => ok)).toEqual([true, false, true, true]);
    expect(measured[1]).toMatchObject({ code: 'unreadable_picture' });
    expect(received().filter((file) => file === 'crash')).toHaveLength(maxCrashes);
  });

  test.each([
    ['derive', null],
    ['writePng', false],
    ['preview', false],
    ['paint', null],
  ] as const)('%s fails with a value', async (kind, value) => {
    const codec = createCodec(() => Promise.reject(new Error('crashed')));
    const tasks = {
      derive: () => codec.derive(folder, 'a.png', 90),
      writePng: () => codec.writePng('a.webp', 'a.png'),
      preview: () => codec.preview('a.part', Buffer.of(1)),
      paint: () => codec.paint({ prompt: 'a fox', seed: 1, width: 1, height: 1 }),
    };
    expect(await tasks[kind]()).toBe(value);
  });
});

test('reports that the process works with its first task and with each answer, and then that it rests', async () => {
  const codec = createClient();
  const held = codec.measure('hold');
  await expect.poll(received, patient).toEqual(['hold']);
  expect(reports).toEqual(['works']);
  await codec.measure('a');
  // A further task proves nothing about the process; an answer proves that it responds.
  expect(reports).toEqual(['works', 'works']);
  await codec.measure('release');
  await held;
  expect(reports).toEqual(['works', 'works', 'works', 'rests']);
});

test('fails the file when the main process ends a codec that hangs', async () => {
  const codec = createClient();
  const measured = codec.measure('hang');
  for (let crashes = 1; crashes <= maxCrashes; crashes += 1) {
    await expect.poll(received, patient).toEqual(Array.from({ length: crashes }, () => 'hang'));
    children.at(-1)?.kill('SIGKILL');
  }
  expect(await measured).toMatchObject({ ok: false });
  expect(reports.filter((report) => report === 'works')).toHaveLength(maxCrashes);
  expect(await codec.measure('a')).toMatchObject({ ok: true });
});

describe('a process without tasks', () => {
  test('ends after a while, and the next task starts another one', patient, async () => {
    const codec = createClient({ maxIdleMs: 20 });
    await codec.measure('a');
    await vi.waitFor(() => expect(dismissals).toBe(1), patient);
    expect(await codec.measure('b')).toMatchObject({ ok: true });
    expect(starts).toBe(2);
    expect(received()).toEqual(['a', 'b']);
  });

  test('stays while it has a task', patient, async () => {
    const pass = holdTimeouts();
    const codec = createClient({ maxIdleMs: 20 });
    const held = codec.measure('hold');
    await codec.measure('a');
    pass(100);
    expect(dismissals).toBe(0);
    await codec.measure('release');
    expect(await held).toMatchObject({ ok: true });
  });

  test('stays while tasks are about to come', patient, async () => {
    const pass = holdTimeouts();
    const codec = createClient({ maxIdleMs: 20 });
    isWanted = true;
    await codec.measure('a');
    pass(100);
    expect(dismissals).toBe(0);
    isWanted = false;
    pass(20);
    expect(dismissals).toBe(1);
  });
});
