import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { CodecNotice } from '../../../shared/generator/codec-messages';
import { createCodecProcess } from './codec-process';

type Port = { name: string };

let forks: { exit: () => void; port: Port | null; isKilled: boolean; processorMs: number | null }[];
let notices: [CodecNotice['type'], Port | undefined][];
let codec: ReturnType<typeof createCodecProcess<Port>>;

beforeEach(() => {
  forks = [];
  notices = [];
  codec = createCodecProcess<Port>({
    fork(onExit) {
      const child: (typeof forks)[number] = { exit: onExit, port: null, isKilled: false, processorMs: null };
      forks.push(child);
      return {
        connect: (port) => {
          child.port = port;
        },
        kill: () => {
          child.isKilled = true;
        },
        processorMs: () => child.processorMs,
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

describe('a process with tasks', () => {
  const maxSilentMs = 120_000;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    codec.receive({ type: 'codec-wanted' });
    codec.receive({ type: 'codec-works' });
    return () => {
      vi.useRealTimers();
      vi.restoreAllMocks();
    };
  });

  /** Passes time, of which the process works a share. */
  function pass(milliseconds: number, share: number | null): void {
    const [child] = forks;
    for (let passed = 0; passed < milliseconds; passed += 1000) {
      if (child) child.processorMs = share === null ? null : (child.processorMs ?? 0) + 1000 * share;
      vi.advanceTimersByTime(1000);
    }
  }

  test.each([
    ['works all the time', 1],
    ['works on several threads', 8],
    ['does nothing at all', 0],
    ['may do either', null],
  ])('is killed if it %s without an answer, and its end is then reported', (_what, share) => {
    pass(0.9 * maxSilentMs, share);
    expect(forks[0]?.isKilled).toBe(false);
    pass(0.3 * maxSilentMs, share);
    expect(forks[0]?.isKilled).toBe(true);
    forks[0]?.exit();
    expect(notices.at(-1)?.[0]).toBe('codec-ended');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is not killed while it gets little of the processor', () => {
    pass(10 * maxSilentMs, 0.05);
    expect(forks[0]?.isKilled).toBe(false);
  });

  test('has the whole time again after an answer', () => {
    for (let answers = 0; answers < 5; answers += 1) {
      pass(0.9 * maxSilentMs, 1);
      codec.receive({ type: 'codec-works' });
    }
    expect(forks[0]?.isKilled).toBe(false);
  });

  test.each(['codec-rests', 'codec-idle'] as const)('is looked at no more after %s', (type) => {
    codec.receive({ type });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is not looked at once it has ended, whatever is still said about it', () => {
    forks[0]?.exit();
    codec.receive({ type: 'codec-works' });
    expect(vi.getTimerCount()).toBe(0);
  });
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
