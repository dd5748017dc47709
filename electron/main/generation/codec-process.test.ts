import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { CodecNotice } from '../../../shared/generator/codec-messages';
import { createCodecProcess } from './codec-process';

type Port = { name: string };

let forks: { exit: () => void; port: Port | null; isKilled: boolean }[];
let notices: [CodecNotice['type'], Port | undefined][];
let codec: ReturnType<typeof createCodecProcess<Port>>;

beforeEach(() => {
  forks = [];
  notices = [];
  codec = createCodecProcess<Port>({
    fork(onExit) {
      const child: (typeof forks)[number] = { exit: onExit, port: null, isKilled: false };
      forks.push(child);
      return {
        connect: (port) => {
          child.port = port;
        },
        kill: () => {
          child.isKilled = true;
        },
      };
    },
    createChannel: () => ({ codecPort: { name: 'codec' }, generatorPort: { name: 'generator' } }),
    notify: ({ type }, port) => void notices.push([type, port]),
  });
});

test('starts one process on demand and gives each side its port', () => {
  expect(codec.receive({ type: 'codec-wanted' })).toBe(true);
  expect(codec.receive({ type: 'codec-wanted' })).toBe(true);
  expect(forks).toMatchObject([{ port: { name: 'codec' } }]);
  expect(notices).toEqual([['codec-connected', { name: 'generator' }]]);
});

test('reports the end of a process, and starts the next one on demand', () => {
  codec.receive({ type: 'codec-wanted' });
  forks[0]?.exit();
  expect(notices.at(-1)).toEqual(['codec-ended', undefined]);
  expect(forks).toHaveLength(1);
  codec.receive({ type: 'codec-wanted' });
  expect(forks).toHaveLength(2);
  // A late report of the first one does not concern the second.
  forks[0]?.exit();
  expect(notices.at(-1)?.[0]).toBe('codec-connected');
});

test('kills a process that hangs, whose end is then reported', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  codec.receive({ type: 'codec-wanted' });
  codec.receive({ type: 'codec-hangs' });
  expect(forks[0]?.isKilled).toBe(true);
  forks[0]?.exit();
  expect(notices.at(-1)?.[0]).toBe('codec-ended');
});

test('ends an idle process without a report, and starts another one on demand', () => {
  codec.receive({ type: 'codec-wanted' });
  codec.receive({ type: 'codec-idle' });
  codec.receive({ type: 'codec-wanted' });
  expect(forks.map(({ isKilled }) => isKilled)).toEqual([true, false]);
  forks[0]?.exit();
  expect(notices.map(([type]) => type)).toEqual(['codec-connected', 'codec-connected']);
});

test('ends with its generator without a report', () => {
  codec.receive({ type: 'codec-wanted' });
  codec.close();
  expect(forks[0]?.isKilled).toBe(true);
  forks[0]?.exit();
  expect(notices).toHaveLength(1);
});

test.each([null, { type: 'ready' }, { type: 'stored', jobId: 'x' }, 'codec-wanted'])(
  'leaves %j to the generator’s own contract',
  (message) => {
    expect(codec.receive(message)).toBe(false);
    expect(forks).toEqual([]);
  },
);
