import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { providers } from '../../../shared/domain/model-catalogue';
import type { ProviderId } from '../../../shared/domain/models';
import { failedJob, type Job, type Outcome } from '../../../shared/generator/messages';
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
  /** What is to be tried again. */
  later: (() => void)[];
  trouble: unknown[];
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
    later: [],
    trouble: [],
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
    onWriteError: (error) => void world.trouble.push(error),
    retryLater: (work) => void world.later.push(work),
    after: (milliseconds, work) => void world.timers.push({ milliseconds, work }),
    now: () => world.now,
  });
});

function picture(jobId: string, provider: ProviderId = 'painter'): Job {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  return {
    kind: 'picture',
    jobId,
    provider,
    model: providers[provider].defaultModel,
    prompt: 'a fox',
    params,
  };
}

function words(jobId: string, provider: ProviderId = 'painter'): Job {
  return { kind: 'text', jobId, provider, model: null, text: 'Hello', history: [] };
}

function replied(jobId: string): Outcome {
  return { type: 'replied', jobId, text: '', pictures: [], costMicroUsd: 0 };
}

function add(...jobs: Job[]): void {
  for (const job of jobs) queue.add(job);
}

/** Ends a job and lets everything follow that follows at once. */
async function end(jobId: string, outcome: Outcome = replied(jobId)): Promise<void> {
  const resolve = finish.get(jobId);
  if (!resolve) throw new Error(`${jobId} is not running`);
  resolve(outcome);
  await new Promise((done) => setImmediate(done));
}

test('a job starts at once where its lane has room', () => {
  add(picture('a'));
  expect(world.ran).toEqual(['a']);
  expect(queue.size()).toEqual({ waiting: 0, running: 1 });
});

test.each(['painter', 'google'] as const)(
  '%s makes as many at once as it may, first come, first served',
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

test('a provider that is busy holds up no other', () => {
  add(picture('a'), picture('b'), picture('c'), picture('d', 'google'));
  expect(world.ran).toEqual(['a', 'b', 'd']);
});

test('words never wait behind pictures, nor pictures behind words', () => {
  add(picture('a'), picture('b'), picture('c'), words('w'));
  expect(world.ran).toEqual(['a', 'b', 'w']);
  add(...Array.from({ length: 20 }, (_, index) => words(`word-${index}`, 'google')), picture('g', 'google'));
  expect(world.ran.at(-1)).toBe('g');
});

test('the end says what came and when it was begun', async () => {
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

test('a job that waits or runs is not taken in again; one that has ended is', async () => {
  add(picture('a'), picture('b'), picture('c'), picture('c'), picture('a'));
  expect(queue.size()).toEqual({ waiting: 1, running: 2 });
  await end('a');
  await end('c');
  expect(world.ran).toEqual(['a', 'b', 'c']);
  add(picture('a'));
  expect(world.ran).toEqual(['a', 'b', 'c', 'a']);
});

describe('cancelled', () => {
  test('a job that waits ends at once and never runs', async () => {
    add(picture('a'), picture('b'), picture('c'), picture('d'));
    world.now = 150;
    queue.cancel('c');
    expect(world.ended).toEqual([{ jobId: 'c', outcome: failedJob('c', 'cancelled', 0), requestedAt: 150 }]);
    expect(world.stopped).toEqual([]);
    await end('a');
    expect(world.ran).toEqual(['a', 'b', 'd']);
  });

  test('a job that runs is asked to stop, and ends when it does', async () => {
    add(picture('a'));
    queue.cancel('a');
    expect(world.stopped).toEqual(['a']);
    expect(world.ended).toEqual([]);
    expect(queue.size().running).toBe(1);
    await end('a');
    expect(world.ended).toHaveLength(1);
  });

  test('a job that has ended, or never was, is left alone', async () => {
    add(picture('a'));
    await end('a');
    queue.cancel('a');
    queue.cancel('nobody');
    expect(world.stopped).toEqual([]);
    expect(world.ended).toHaveLength(1);
  });
});

describe('a job that may not start', () => {
  test('is dropped, and its lane goes on with the next', async () => {
    world.refuse = new Set(['a', 'c']);
    add(picture('a'), picture('b'), picture('x'), picture('c'), picture('d'));
    expect(world.ran).toEqual(['b', 'x']);
    await end('b');
    expect(world.ran).toEqual(['b', 'x', 'd']);
    expect(world.ended.map(({ jobId }) => jobId)).toEqual(['b']);
    expect(queue.size()).toEqual({ waiting: 0, running: 2 });
  });

  test('can be taken in again', () => {
    world.refuse.add('a');
    add(picture('a'));
    world.refuse.clear();
    add(picture('a'));
    expect(world.ran).toEqual(['a']);
  });
});

describe('where the world fails', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
  });

  test('at the end of a job, its lane goes on, and it is said', async () => {
    world.throwAtEnd.add('a');
    add(picture('a'), picture('b'), picture('c'));
    await end('a');
    expect(world.trouble).toEqual([new Error('the disk is full')]);
    expect(world.ran).toEqual(['a', 'b', 'c']);
    expect(queue.size()).toEqual({ waiting: 0, running: 2 });
    expect(console.error).toHaveBeenCalledTimes(1);
  });

  test('at the start of a job, the job does not run, the others do, and it is said', async () => {
    world.throwAtStart = new Set(['a', 'd']);
    add(picture('a'), picture('b'), picture('c'), picture('d'), picture('e'));
    expect(world.ran).toEqual(['b', 'c']);
    await end('b');
    expect(world.ran).toEqual(['b', 'c', 'e']);
    expect(console.error).toHaveBeenCalledTimes(2);
  });

  test('at the cancelling of a job, that one is gone, and it is said', () => {
    world.throwAtEnd.add('c');
    add(picture('a'), picture('b'), picture('c'));
    queue.cancel('c');
    expect(queue.size()).toEqual({ waiting: 0, running: 2 });
    expect(console.error).toHaveBeenCalledTimes(1);
  });

  test('what could not be begun is begun when it can be', () => {
    world.throwAtStart.add('a');
    add(picture('a'));
    expect(world.ran).toEqual([]);
    for (const work of world.later.splice(0)) work();
    expect(world.ran).toEqual([]);
    world.throwAtStart.clear();
    for (const work of world.later.splice(0)) work();
    expect(world.ran).toEqual(['a']);
  });

  test('an end that could not be written down is written when it can be, as it was', async () => {
    world.throwAtEnd.add('a');
    add(picture('a'));
    await end('a');
    world.now += 1000;
    for (const work of world.later.splice(0)) work();
    world.throwAtEnd.clear();
    for (const work of world.later.splice(0)) work();
    expect(world.ended).toHaveLength(3);
    expect(world.ended[2]).toEqual(world.ended[0]);
    expect(world.later).toEqual([]);
  });

  test('what could not be begun can be stopped, and is not begun any more', () => {
    world.throwAtStart.add('a');
    add(picture('a'));
    expect(queue.size()).toEqual({ waiting: 1, running: 0 });
    queue.cancel('a');
    expect(world.ended).toMatchObject([{ jobId: 'a', outcome: { code: 'cancelled' } }]);
    world.throwAtStart.clear();
    for (const work of world.later.splice(0)) work();
    expect(world.ran).toEqual([]);
    expect(queue.size()).toEqual({ waiting: 0, running: 0 });
  });

  test('a failure that could not be written down can be stopped: it is not to be tried again', async () => {
    world.throwAtEnd.add('a');
    add(picture('a'));
    await end('a', { ...failedJob('a', 'rate_limited', 7), retryAfterMs: 1000 });
    queue.cancel('a');
    world.throwAtEnd.clear();
    for (const work of world.later.splice(0)) work();
    expect(world.ended.at(-1)?.outcome).toEqual(failedJob('a', 'cancelled', 7));
  });

  test('a picture that is here stays one, stopped or not', async () => {
    world.throwAtEnd.add('a');
    add(picture('a'));
    await end('a');
    queue.cancel('a');
    world.throwAtEnd.clear();
    for (const work of world.later.splice(0)) work();
    expect(world.ended.at(-1)).toEqual(world.ended[0]);
  });
});

describe('a pause', () => {
  test("holds up its provider's pictures, and nothing else, until its time has come", () => {
    queue.pause('google', 600);
    add(picture('a', 'google'), words('w', 'google'), picture('b'));
    expect(world.ran).toEqual(['w', 'b']);
    expect([queue.isPaused('google'), queue.isPaused('painter')]).toEqual([true, false]);
    expect(world.timers.map(({ milliseconds }) => milliseconds)).toEqual([500]);
    world.timers[0]?.work();
    expect(world.ran).toEqual(['w', 'b', 'a']);
    expect(queue.isPaused('google')).toBe(false);
  });

  test('that is longer takes the place of a shorter one, and not the other way round', () => {
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

  test('whose time has passed ends with the next timer', () => {
    queue.pause('google', 50);
    add(picture('a', 'google'));
    expect(world.timers.map(({ milliseconds }) => milliseconds)).toEqual([0]);
    world.timers[0]?.work();
    expect(world.ran).toEqual(['a']);
  });

  test('leaves a job that waits to be stopped', () => {
    queue.pause('google', 600);
    add(picture('a', 'google'));
    queue.cancel('a');
    expect(world.ended).toMatchObject([{ jobId: 'a', outcome: { code: 'cancelled' } }]);
    world.timers[0]?.work();
    expect(world.ran).toEqual([]);
  });
});

test('closed, it begins nothing more, and what runs comes to its end', async () => {
  queue.add(picture('a'));
  for (let count = 0; count < providers.painter.concurrency; count += 1) queue.add(picture(`b${count}`));
  const before = [...world.ran];
  queue.close();
  queue.add(picture('c'));
  finish.get('a')?.(failedJob('a', 'refused', 1));
  await vi.waitFor(() => expect(world.ended).toHaveLength(1));
  expect(world.ran).toEqual(before);
});
