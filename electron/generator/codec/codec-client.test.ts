import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { createCodec } from './codec';
import { type CodecClient, createCodecClient, maxCrashes } from './codec-client';

// A minimal codec process: the name of a file says what the codec does with it. It records the files that it gets.
const script = `
const { appendFileSync } = require('node:fs');
const value = { format: 'png', width: 1, height: 1, bytes: 1, thumbhash: '' };
const held = [];
process.on('message', ({ task, file }) => {
  const answer = (answer) => process.send({ task, answer });
  appendFileSync(process.argv[2], file + '\\n');
  if (file === 'crash') process.exit(5);
  if (file === 'hang') for (;;);
  if (file === 'hold') return held.push(answer);
  if (file === 'nonsense') return answer({ ok: true, value: { ...value, width: -1 } });
  if (file === 'strange') { process.send(null); process.send({ task: -1, answer: true }); }
  answer({ ok: true, value });
  if (file === 'release') for (const release of held.splice(0)) release({ ok: true, value });
});
`;

/** For a process to start on a busy computer. */
const patient = { timeout: 30_000 };

let folder: string;
let children: ChildProcess[];
let client: CodecClient;
let kills: number;
let starts: number;

beforeEach(() => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  folder = temporary.folder;
  writeFileSync(path.join(folder, 'codec.cjs'), script);
  writeFileSync(path.join(folder, 'log'), '');
  children = [];
  kills = 0;
  starts = 0;
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  for (const child of children) child.removeAllListeners().kill('SIGKILL');
  vi.restoreAllMocks();
});

function createClient(maxTaskMs?: number) {
  client = createCodecClient({
    start() {
      starts += 1;
      const child = fork(path.join(folder, 'codec.cjs'), [path.join(folder, 'log')], { execArgv: [] });
      children.push(child);
      child.on('message', (message) => client.receive(message));
      child.on('exit', () => client.end());
      client.connect({ postMessage: (message) => void child.send(message, () => {}) });
    },
    kill() {
      kills += 1;
      children.at(-1)?.kill('SIGKILL');
    },
    ...(maxTaskMs !== undefined && { maxTaskMs }),
  });
  return createCodec(client.run);
}

const received = () => readFileSync(path.join(folder, 'log'), 'utf8').trim().split('\n');

test('starts one process for the first task and keeps it', async () => {
  const codec = createClient();
  expect(children).toHaveLength(0);
  client.warmUp();
  client.warmUp();
  expect(await Promise.all(['a', 'b'].map(codec.measure))).toMatchObject([{ ok: true }, { ok: true }]);
  expect(starts).toBe(1);
});

test('answers a task as unreadable when the codec answers nonsense, and ignores what belongs to no task', async () => {
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

  test('a file that crashes the codec each time fails, and those beside it do not', async () => {
    const codec = createClient();
    const measured = await Promise.all(['a', 'crash', 'b', 'c'].map(codec.measure));
    expect(measured.map(({ ok }) => ok)).toEqual([true, false, true, true]);
    expect(measured[1]).toMatchObject({ code: 'unreadable_picture' });
    expect(received().filter((file) => file === 'crash')).toHaveLength(maxCrashes);
  });

  test.each([
    ['derive', null],
    ['preview', false],
    ['paint', null],
  ] as const)('%s fails with a value', async (kind, value) => {
    const codec = createCodec(() => Promise.reject(new Error('crashed')));
    const tasks = {
      derive: () => codec.derive(folder, 'a.png', 90),
      preview: () => codec.preview('a.part', Buffer.of(1)),
      paint: () => codec.paint({ prompt: 'a fox', seed: 1, width: 1, height: 1 }),
    };
    expect(await tasks[kind]()).toBe(value);
  });
});

test('a codec that hangs is ended, and the file fails', async () => {
  const codec = createClient(2_000);
  expect(await codec.measure('hang')).toMatchObject({ ok: false });
  expect(kills).toBe(maxCrashes);
  expect(await codec.measure('a')).toMatchObject({ ok: true });
});
