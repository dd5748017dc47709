import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { providers } from '../../../shared/domain/model-catalogue';
import type { ProviderId } from '../../../shared/domain/models';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob, type Outcome } from '../../../shared/generator/messages';
import { createQueue, type Queue } from './queue';

type Ended = { jobId: string; outcome: Outcome; requestedAt: number };

let queue: Queue;
let world: {
  now: number;
  /** Every job handed to `run`, in order. */
  ran: string[];
  stopped: string[];
  ended: Ended[];
  refuse: Set<string>;
  throwAtStart: Set<string>;
  throwAtEnd: Set<string>;
  /** Writes to retry. */
  retries: (() => void)[];
  writeErrors: unknown[];
  timers: { milliseconds: number; work: () => void }[];
};
let finish: Map<string, (outcome: Outcome) => void>;

beforeEach(() => {
  finish = new Map();
  world = {
    now: 100,
    ran: [],
    stopped: [],
    ended: [],
    refuse: new Set(),
    throwAtStart: new Set(),
    throwAtEnd: new Set(),
    retries: [],
    writeErrors: [],
    timers: [],
  };
  queue = createQueue({
    run: (job) => {
      world.ran.push(job.jobId);
      return new Promise((resolve) => finish.set(job.jobId, resolve));
    },
    stop: (jobId) => void world.stopped.push(jobId),
    onStart: ({ jobId }) => {
      if (world.throwAtStart.has(jobId)) throw new Error('the disk is full');
      return !world.refuse.has(jobId);
    },
    onEnd: ({ jobId }, outcome, requestedAt) => {
      world.ended.push({ jobId, outcome, requestedAt });
      if (world.throwAtEnd.has(jobId)) throw new Error('the disk is full');
    },
    onWriteError: (error) => void world.writeErrors.push(error),
    retryLater: (work) => void world.retries.push(work),
    after: (milliseconds, work) => void world.timers.push({ milliseconds, work }),
    now: () => world.now,
  });
});

function picture(jobId: string, provider: ProviderId = 'painter'): Job {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  return {
    kind: 'picture',
    jobId,
    requestId: jobId,
    provider,
    model: providers[provider].defaultModel,
    prompt: 'a fox',
    params,
  };
}

function textJob(jobId: string, provider: ProviderId = 'painter'): Job {
  return { kind: 'text', jobId, requestId: jobId, provider, model: null, text: 'Hello', history: [] };
}

function replied(jobId: string): Outcome {
  return { type: 'replied', jobId, text: '', pictures: [], costMicroUsd: 0 };
}

function add(...jobs: Job[]): void {
  for (const job of jobs) queue.add(job);
}

/** Ends a job and lets pending promises continue. */
async function end(jobId: string, outcome: Outcome = replied(jobId)): Promise<void> {
  const resolve = finish.get(jobId);
  if (!resolve) throw new Error(`${jobId} is not running`);
  resolve(outcome);
  await new Promise((done) => setImmediate(done));
}

test('starts a job at once if its lane has room', () => {
  add(picture('a'));
  expect(world.ran).toEqual(['a']);
  expect(queue.size()).toEqual({ waiting: 0, running: 1 });
});

test.each(['painter', 'google'] as const)(
  '%s runs as many pictures at once as it allows, in order',
  async (id) => {
    const width = providers[id].concurrency;
    const names = Array.from({ length: width + 3 }, (_, index) => `job-${index}`);
    add(...names.map((name) => picture(name, id)));
    expect(world.ran).toEqual(names.slice(0, width));
    expect(queue.size()).toEqual({ waiting: 3, running: width });
    for (const [index, name] of names.entries()) {
      await end(name);
      expect(world.ran).toEqual(names.slice(0, width + index + 1));
    }
    expect(queue.size()).toEqual({ waiting: 0, running: 0 });
    expect(world.ended.map(({ jobId }) => jobId)).toEqual(names);
  },
);

test('a busy provider does not block another', () => {
  add(picture('a'), picture('b'), picture('c'), picture('d', 'google'));
  expect(world.ran).toEqual(['a', 'b', 'd']);
});

test('text jobs and pictures never wait for each other', () => {
  add(picture('a'), picture('b'), picture('c'), textJob('w'));
  expect(world.ran).toEqual(['a', 'b', 'w']);
  add(
    ...Array.from({ length: 20 }, (_, index) => textJob(`word-${index}`, 'google')),
    picture('g', 'google'),
  );
  expect(world.ran.at(-1)).toBe('g');
});

test('reports the outcome and when the job started', async () => {
  add(picture('a'), picture('b'), picture('c'));
  world.now = 200;
  await end('a');
  world.now = 300;
  await end('c');
  expect(world.ended).toEqual([
    { jobId: 'a', outcome: replied('a'), requestedAt: 100 },
    { jobId: 'c', outcome: replied('c'), requestedAt: 200 },
  ]);
});

test('ignores a job that waits or runs, and accepts one that has ended', async () => {
  add(picture('a'), picture('b'), picture('c'), picture('c'), picture('a'));
  expect(queue.size()).toEqual({ waiting: 1, running: 2 });
  await end('a');
  await end('c');
  expect(world.ran).toEqual(['a', 'b', 'c']);
  add(picture('a'));
  expect(world.ran).toEqual(['a', 'b', 'c', 'a']);
});

describe('cancel', () => {
  test('ends a waiting job at once without running it', async () => {
    add(picture('a'), picture('b'), picture('c'), picture('d'));
    world.now = 150;
    queue.cancel('c');
    expect(world.ended).toEqual([{ jobId: 'c', outcome: failedJob('c', 'cancelled', 0), requestedAt: 150 }]);
    expect(world.stopped).toEqual([]);
    await end('a');
    expect(world.ran).toEqual(['a', 'b', 'd']);
  });

  test('asks a running job to stop', async () => {
    add(picture('a'));
    queue.cancel('a');
    expect(world.stopped).toEqual(['a']);
    expect(world.ended).toEqual([]);
    expect(queue.size().running).toBe(1);
    await end('a');
    expect(world.ended).toHaveLength(1);
  });

  test('ignores a job that has ended or is unknown', async () => {
    add(picture('a'));
    await end('a');
    queue.cancel('a');
    queue.cancel('unknown');
    expect(world.stopped).toEqual([]);
    expect(world.ended).toHaveLength(1);
  });
});

describe('a job that onStart refuses', () => {
  test('is dropped, and its lane continues with the next one', async () => {
    world.refuse = new Set(['a', 'c']);
    add(picture('a'), picture('b'), picture('x'), picture('c'), picture('d'));
    expect(world.ran).toEqual(['b', 'x']);
    await end('b');
    expect(world.ran).toEqual(['b', 'x', 'd']);
    expect(world.ended.map(({ jobId }) => jobId)).toEqual(['b']);
    expect(queue.size()).toEqual({ waiting: 0, running: 2 });
  });

  test('can be added again', () => {
    world.refuse.add('a');
    add(picture('a'));
    world.refuse.clear();
    add(picture('a'));
    expect(world.ran).toEqual(['a']);
  });
});

describe('a write that fails', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
  });

  test('at the end of a job is logged and does not block its lane', async () => {
    world.throwAtEnd.add('a');
    add(picture('a'), picture('b'), picture('c'));
    await end('a');
    expect(world.writeErrors).toEqual([new Error('the disk is full')]);
    expect(world.ran).toEqual(['a', 'b', 'c']);
    expect(queue.size()).toEqual({ waiting: 0, running: 2 });
    expect(console.error).toHaveBeenCalledTimes(1);
  });

  test('at the start of a job is logged and does not block the others', async () => {
    world.throwAtStart = new Set(['a', 'd']);
    add(picture('a'), picture('b'), picture('c'), picture('d'), picture('e'));
    expect(world.ran).toEqual(['b', 'c']);
    await end('b');
    expect(world.ran).toEqual(['b', 'c', 'e']);
    expect(console.error).toHaveBeenCalledTimes(2);
  });

  test('at the cancellation of a job is logged, and the job never runs', () => {
    world.throwAtEnd.add('c');
    add(picture('a'), picture('b'), picture('c'));
    queue.cancel('c');
    expect(queue.size()).toEqual({ waiting: 0, running: 2 });
    expect(console.error).toHaveBeenCalledTimes(1);
  });

  test('at the start of a job is retried until it succeeds', () => {
    world.throwAtStart.add('a');
    add(picture('a'));
    expect(world.ran).toEqual([]);
    for (const work of world.retries.splice(0)) work();
    expect(world.ran).toEqual([]);
    world.throwAtStart.clear();
    for (const work of world.retries.splice(0)) work();
    expect(world.ran).toEqual(['a']);
  });

  test('at the end of a job is retried with the same outcome', async () => {
    world.throwAtEnd.add('a');
    add(picture('a'));
    await end('a');
    world.now += 1000;
    for (const work of world.retries.splice(0)) work();
    world.throwAtEnd.clear();
    for (const work of world.retries.splice(0)) work();
    expect(world.ended).toHaveLength(3);
    expect(world.ended[2]).toEqual(world.ended[0]);
    expect(world.retries).toEqual([]);
  });

  test('at the start of a job lets the job be cancelled', () => {
    world.throwAtStart.add('a');
    add(picture('a'));
    expect(queue.size()).toEqual({ waiting: 1, running: 0 });
    queue.cancel('a');
    expect(world.ended).toMatchObject([{ jobId: 'a', outcome: { code: 'cancelled' } }]);
    world.throwAtStart.clear();
    for (const work of world.retries.splice(0)) work();
    expect(world.ran).toEqual([]);
    expect(queue.size()).toEqual({ waiting: 0, running: 0 });
  });

  test('at a failure lets the job be cancelled', async () => {
    world.throwAtEnd.add('a');
    add(picture('a'));
    await end('a', { ...failedJob('a', 'rate_limited', 7), retryAfterMs: 1000 });
    queue.cancel('a');
    world.throwAtEnd.clear();
    for (const work of world.retries.splice(0)) work();
    expect(world.ended.at(-1)?.outcome).toEqual(failedJob('a', 'cancelled', 7));
  });

  test('at a finished picture keeps the picture if the job is cancelled', async () => {
    world.throwAtEnd.add('a');
    add(picture('a'));
    await end('a');
    queue.cancel('a');
    world.throwAtEnd.clear();
    for (const work of world.retries.splice(0)) work();
    expect(world.ended.at(-1)).toEqual(world.ended[0]);
  });
});

describe('pause', () => {
  test('delays the pictures of its provider and nothing else until it ends', () => {
    queue.pause('google', 600);
    add(picture('a', 'google'), textJob('w', 'google'), picture('b'));
    expect(world.ran).toEqual(['w', 'b']);
    expect([queue.isPaused('google'), queue.isPaused('painter')]).toEqual([true, false]);
    expect(world.timers.map(({ milliseconds }) => milliseconds)).toEqual([500]);
    world.timers[0]?.work();
    expect(world.ran).toEqual(['w', 'b', 'a']);
    expect(queue.isPaused('google')).toBe(false);
  });

  test('keeps the longest of several pauses', () => {
    queue.pause('google', 600);
    queue.pause('google', 900);
    queue.pause('google', 700);
    add(picture('a', 'google'));
    expect(world.timers.map(({ milliseconds }) => milliseconds)).toEqual([500, 800]);
    world.timers[0]?.work();
    expect(world.ran).toEqual([]);
    world.timers[1]?.work();
    expect(world.ran).toEqual(['a']);
  });

  test('ends with the next timer if its end has passed', () => {
    queue.pause('google', 50);
    add(picture('a', 'google'));
    expect(world.timers.map(({ milliseconds }) => milliseconds)).toEqual([0]);
    world.timers[0]?.work();
    expect(world.ran).toEqual(['a']);
  });

  test('lets a waiting job be cancelled', () => {
    queue.pause('google', 600);
    add(picture('a', 'google'));
    queue.cancel('a');
    expect(world.ended).toMatchObject([{ jobId: 'a', outcome: { code: 'cancelled' } }]);
    world.timers[0]?.work();
    expect(world.ran).toEqual([]);
  });
});

test('starts nothing after close, and lets running jobs end', async () => {
  queue.add(picture('a'));
  for (let count = 0; count < providers.painter.concurrency; count += 1) queue.add(picture(`b${count}`));
  const before = [...world.ran];
  queue.close();
  queue.add(picture('c'));
  finish.get('a')?.(failedJob('a', 'refused', 1));
  await vi.waitFor(() => expect(world.ended).toHaveLength(1));
  expect(world.ran).toEqual(before);
});
