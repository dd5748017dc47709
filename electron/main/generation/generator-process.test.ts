import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  type DerivedPicture,
  type Job,
  nothingConfigured,
  type Outcome,
  type PictureJob,
  type TextJob,
} from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createGenerator, type Generator, type GeneratorOptions } from './generator-process';

// A generator as small as can be: what it does with a job is written in the job's text.
const script = `
let configured = null;
const held = [];
const asides = [];
const answer = (message) => process.send(message);
const reply = (job, text) => answer({ type: 'replied', jobId: job.jobId, text, pictures: [], costMicroUsd: 0 });
process.on('message', (message) => {
  if (message.type === 'ping') return answer({ type: 'alive' });
  if (message.type === 'configure') {
    configured = message.dataFolder;
    return answer({ type: 'ready' });
  }
  if (message.type === 'cancel') {
    return answer({
      type: 'failed', jobId: message.jobId, code: 'cancelled', message: 'Stopped.', durationMs: 1, costMicroUsd: null,
    });
  }
  if (message.type === 'locate') {
    if (message.chosen === '/deadly') process.exit(4);
    const value = { file: 'images/ab/x.png', bytes: message.width };
    return answer({ type: 'located', task: message.task, result: { ok: true, value } });
  }
  if (message.type !== 'run') return asides.push(message);
  const { job } = message;
  const what = job.text ?? job.prompt;
  if (what === 'who') return reply(job, String(process.pid));
  if (what === 'configured') return reply(job, String(configured));
  if (what === 'hold') return held.push(job);
  if (what === 'asides') return reply(job, JSON.stringify(asides));
  if (what === 'smaller') {
    answer({ type: 'derived', jobId: job.jobId, file: 'images/ab/x.display.webp', bytes: 7 });
    return reply(job, 'and done');
  }
  if (what === 'count') return reply(job, String(held.length));
  if (what === 'release') {
    for (const waiting of held.splice(0).reverse()) reply(waiting, 'released');
    return reply(job, 'last');
  }
  if (what === 'exit') process.exit(3);
  if (what === 'hang') for (;;);
  if (what === 'nonsense') {
    for (const bad of [null, 7, 'ready', {}, { type: 'stored', jobId: job.jobId }, { type: 'replied', jobId: 'x', text: '' },
      { type: 'failed', jobId: job.jobId, code: 'made_up', message: '', durationMs: 1, costMicroUsd: null },
      { type: 'replied', jobId: job.jobId, text: 'extra', pictures: [], costMicroUsd: 0, more: 1 }]) answer(bad);
    return reply(job, 'sense');
  }
  if (what === 'twice') {
    reply(job, 'first');
    return reply(job, 'second');
  }
});
`;

let scriptFile: string;
let dataFolder: string;
/** Every child, in the order in which they were started. */
let children: ChildProcess[];
/** The back-off timers: how long each was to take, and what it was to do. */
let timers: { milliseconds: number; work: () => void }[];
let timerAdded: () => void;
let started: number[];
let derived: DerivedPicture[];
let current: Generator | undefined;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  scriptFile = path.join(folder, 'generator.cjs');
  writeFileSync(scriptFile, script);
  children = [];
  timers = [];
  started = [];
  derived = [];
  timerAdded = () => {};
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

/** No test leaves a child behind whose death the next one would notice. */
afterEach(async () => {
  current?.close();
  await Promise.all(
    children.map((child) => {
      const exit = exitOf(child);
      child.kill('SIGKILL');
      return exit;
    }),
  );
  vi.restoreAllMocks();
});

async function exitOf(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('exit', resolve));
}

const forkChild: GeneratorOptions['fork'] = (onMessage, onExit) => {
  const child = fork(scriptFile, [], { stdio: 'ignore', execArgv: [] });
  children.push(child);
  child.on('message', onMessage);
  child.on('exit', (code, signal) => onExit(String(code ?? signal)));
  return {
    // A message to a child that is dying is lost, as with Electron's; its exit is what counts.
    post: (message) => void child.send(message, () => {}),
    kill: () => void child.kill(),
  };
};

function createTestGenerator(more: Pick<GeneratorOptions, 'whenToStart'> = {}): Generator {
  current = createGenerator({
    fork: forkChild,
    configuration: () => ({
      type: 'configure',
      dataFolder,
      providers: nothingConfigured,
      displayQuality: 90,
    }),
    after: (milliseconds, work) => {
      timers.push({ milliseconds, work });
      timerAdded();
    },
    onStart: (milliseconds) => void started.push(milliseconds),
    onDerived: (picture) => derived.push(picture) === 0,
    ...more,
  });
  return current;
}

function words(text: string): TextJob {
  return { kind: 'text', jobId: newId(), provider: 'painter', model: null, text, history: [] };
}

function picture(prompt: string, model = 'gemini-nano-banana-2.1'): PictureJob {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  return { kind: 'picture', jobId: newId(), provider: 'google', model, prompt, params };
}

async function replyTo(generator: Generator, job: Job): Promise<string> {
  const outcome = await generator.run(job);
  if (outcome.type !== 'replied') throw new Error(JSON.stringify(outcome));
  return outcome.text;
}

/** Resolves once the death of the newest child has been noticed and its successor is to be started. */
function deathNoticed(): Promise<void> {
  const known = timers.length;
  return new Promise((resolve) => {
    timerAdded = () => {
      if (timers.length > known) resolve();
    };
  });
}

async function killChild(): Promise<void> {
  const noticed = deathNoticed();
  children.at(-1)?.kill('SIGKILL');
  await noticed;
}

test('where the first start is put off, what was asked for before it waits for it', async () => {
  let begin = () => {};
  const generator = createTestGenerator({
    whenToStart: (start) => {
      begin = start;
    },
  });
  const reply = replyTo(generator, words('configured'));
  expect(children).toHaveLength(0);
  begin();
  expect(await reply).toBe(dataFolder);
  expect(children).toHaveLength(1);
});

test('a draft that is begun before the first start is begun by it, the last one alone', async () => {
  let begin = () => {};
  const whenToStart = (start: () => void) => {
    begin = start;
  };
  const generator = createTestGenerator({ whenToStart });
  const drafts = Array.from({ length: 3 }, () => picture('a fox'));
  const [first, second, third] = drafts;
  if (!first || !second || !third) throw new Error('no drafts');
  generator.startPrefetch(first);
  generator.discardPrefetch(first.jobId);
  generator.startPrefetch(second);
  generator.startPrefetch(third);
  generator.discardPrefetch(second.jobId);
  begin();
  expect(JSON.parse(await replyTo(generator, words('asides')))).toEqual([{ type: 'prefetch', job: third }]);
});

/** Does what the newest back-off timer was to do. */
function startNext(): void {
  timers.at(-1)?.work();
}

test('the first thing a child is told is its configuration', async () => {
  const generator = createTestGenerator();
  expect(generator.status()).toEqual({ state: 'starting', starts: 1 });
  expect(await replyTo(generator, words('configured'))).toBe(dataFolder);
  expect(generator.status()).toEqual({ state: 'ready', starts: 1 });
  expect(started).toHaveLength(1);
});

test('answers are paired with their jobs, in whatever order they come', async () => {
  const generator = createTestGenerator();
  const order: string[] = [];
  const jobs = [words('hold'), words('hold'), words('release')];
  const outcomes = await Promise.all(
    jobs.map(async (job, index) => {
      const outcome = await generator.run(job);
      order.push(String(index));
      return outcome;
    }),
  );
  expect(order).toEqual(['1', '0', '2']);
  expect(outcomes).toEqual([
    { type: 'replied', jobId: jobs[0]?.jobId, text: 'released', pictures: [], costMicroUsd: 0 },
    { type: 'replied', jobId: jobs[1]?.jobId, text: 'released', pictures: [], costMicroUsd: 0 },
    { type: 'replied', jobId: jobs[2]?.jobId, text: 'last', pictures: [], costMicroUsd: 0 },
  ]);
});

test('a message that is not in the contract is ignored, and said', async () => {
  const generator = createTestGenerator();
  expect(await replyTo(generator, words('nonsense'))).toBe('sense');
  expect(console.error).toHaveBeenCalledTimes(8);
  expect(await replyTo(generator, words('who'))).toBe(String(children[0]?.pid));
});

test('a smaller file is told of, and ends no job', async () => {
  const generator = createTestGenerator();
  const job = words('smaller');
  expect(await replyTo(generator, job)).toBe('and done');
  expect(derived).toEqual([
    { type: 'derived', jobId: job.jobId, file: 'images/ab/x.display.webp', bytes: 7 },
  ]);
});

test('what is asked for beside the jobs reaches the child', async () => {
  const generator = createTestGenerator();
  const [imageId, file] = [newId(), 'images/ab/x.png'];
  generator.derive(imageId, file);
  generator.releaseOriginal(imageId, file);
  expect(JSON.parse(await replyTo(generator, words('asides')))).toEqual([
    { type: 'derive', imageId, file },
    { type: 'release-original', imageId, file },
  ]);
});

test('each located file comes to the one who asked for it', async () => {
  const generator = createTestGenerator();
  const wanted = { imageId: newId(), chosen: '/x.png', height: 1 };
  const both = [7, 9].map((width) => generator.locate({ ...wanted, width }));
  expect(await Promise.all(both)).toMatchObject([{ value: { bytes: 7 } }, { value: { bytes: 9 } }]);
});

test('a file that kills the generator is not located, nor is one between two children', async () => {
  const generator = createTestGenerator();
  const wanted = { imageId: newId(), chosen: '/deadly', width: 1, height: 1 };
  expect(await generator.locate(wanted)).toMatchObject({ code: 'generator_stopped' });
  expect(await generator.locate(wanted)).toMatchObject({ code: 'generator_stopped' });
});

test('a new configuration reaches the child, and is no new start', async () => {
  const generator = createTestGenerator();
  await replyTo(generator, words('who'));
  dataFolder = '/elsewhere';
  generator.configure();
  expect(await replyTo(generator, words('configured'))).toBe('/elsewhere');
  expect(started).toHaveLength(1);
});

test('a second answer to a job changes nothing', async () => {
  const generator = createTestGenerator();
  expect(await replyTo(generator, words('twice'))).toBe('first');
  expect(await replyTo(generator, words('who'))).toBe(String(children[0]?.pid));
});

test('a job is stopped by its child', async () => {
  const generator = createTestGenerator();
  const job = picture('hold');
  const outcome = generator.run(job);
  generator.stop(job.jobId);
  expect(await outcome).toMatchObject({ type: 'failed', jobId: job.jobId, code: 'cancelled' });
});

describe('when the child dies', () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)('by %s, each job it held ends with a reason', async (signal) => {
    const generator = createTestGenerator();
    const jobs = [words('hold'), picture('hold'), picture('hold', 'a model that is gone')];
    const outcomes = jobs.map((job) => generator.run(job));
    await replyTo(generator, words('who'));
    children[0]?.kill(signal);
    const ended: Outcome[] = await Promise.all(outcomes);
    expect(ended).toEqual(
      jobs.map(({ jobId }) =>
        expect.objectContaining({
          type: 'failed',
          jobId,
          code: 'generator_stopped',
          durationMs: expect.any(Number),
        }),
      ),
    );
    // A picture's request may have left: its price is what it may have cost, and zero stands for one that nobody knows.
    expect(ended.map((outcome) => 'costMicroUsd' in outcome && outcome.costMicroUsd)).toEqual([
      null,
      33_600,
      0,
    ]);
  });

  test('by itself, in the middle of a job, that job ends too', async () => {
    const generator = createTestGenerator();
    const held = generator.run(words('hold'));
    const fatal = generator.run(words('exit'));
    expect(await held).toMatchObject({ code: 'generator_stopped' });
    expect(await fatal).toMatchObject({ code: 'generator_stopped' });
  });

  test('a new one starts after a pause and serves', async () => {
    const generator = createTestGenerator();
    const first = await replyTo(generator, words('who'));
    await killChild();
    expect(generator.status()).toEqual({ state: 'stopped', starts: 1 });
    expect(children).toHaveLength(1);
    startNext();
    expect(generator.status()).toEqual({ state: 'starting', starts: 2 });
    const second = await replyTo(generator, words('who'));
    expect(second).toBe(String(children[1]?.pid));
    expect(second).not.toBe(first);
    expect(await replyTo(generator, words('configured'))).toBe(dataFolder);
    expect(generator.status()).toEqual({ state: 'ready', starts: 2 });
  });

  test('a job given between two children waits for the next one, once', async () => {
    const generator = createTestGenerator();
    await killChild();
    const waiting = [words('hold'), words('hold')].map((job) => generator.run(job));
    startNext();
    expect(await replyTo(generator, words('release'))).toBe('last');
    expect((await Promise.all(waiting)).map(({ type }) => type)).toEqual(['replied', 'replied']);
  });

  test('a job given and stopped between two children is never run', async () => {
    const generator = createTestGenerator();
    await killChild();
    const job = picture('hold');
    const outcome = generator.run(job);
    generator.stop(job.jobId);
    expect(await outcome).toMatchObject({ type: 'failed', code: 'cancelled', costMicroUsd: null });
    startNext();
    expect(await replyTo(generator, words('count'))).toBe('0');
  });

  test('a job that it had ended is not given to the next one', async () => {
    const generator = createTestGenerator();
    const held = generator.run(words('hold'));
    await replyTo(generator, words('who'));
    await killChild();
    expect(await held).toMatchObject({ code: 'generator_stopped' });
    startNext();
    expect(await replyTo(generator, words('count'))).toBe('0');
  });

  test('again and again, the pauses grow up to a limit', async () => {
    const generator = createTestGenerator();
    for (let deaths = 0; deaths < 9; deaths += 1) {
      await replyTo(generator, words('who'));
      await killChild();
      startNext();
    }
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([
      100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000,
    ]);
    expect(generator.status().starts).toBe(10);
  });

  test('after a healthy life, the pauses start from the first again', async () => {
    const generator = createTestGenerator();
    const clock = vi.spyOn(performance, 'now');
    let at = performance.now();
    clock.mockImplementation(() => at);
    for (const lifeMs of [0, 0, 29_999, 30_001, 0]) {
      startNext();
      await replyTo(generator, words('who'));
      at += lifeMs;
      await killChild();
    }
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([100, 200, 400, 100, 200]);
  });
});

describe('the heartbeat', () => {
  test('a child that hangs is killed, and its job ends with a reason', async () => {
    const generator = createTestGenerator();
    await replyTo(generator, words('who'));
    const hanging = generator.run(words('hang'));
    for (let beat = 0; beat < 5; beat += 1) generator.ping();
    expect(await hanging).toMatchObject({ code: 'generator_stopped' });
    startNext();
    expect(await replyTo(generator, words('who'))).toBe(String(children[1]?.pid));
  });

  test('a child that answers lives on', async () => {
    const generator = createTestGenerator();
    const first = await replyTo(generator, words('who'));
    for (let beat = 0; beat < 20; beat += 1) {
      generator.ping();
      expect(await replyTo(generator, words('who'))).toBe(first);
    }
    expect(children).toHaveLength(1);
  });

  test('a child that is still starting has more time, but not for ever', async () => {
    const generator = createTestGenerator();
    for (let beat = 0; beat < 12; beat += 1) generator.ping();
    expect(generator.status()).toEqual({ state: 'starting', starts: 1 });
    expect(children[0]?.killed).toBe(false);
    const exit = exitOf(children[0]);
    generator.ping();
    await exit;
    expect(generator.status()).toEqual({ state: 'stopped', starts: 1 });
    startNext();
    expect(await replyTo(generator, words('who'))).toBe(String(children[1]?.pid));
  });
});

describe('closed', () => {
  test('the child ends and none follows it', async () => {
    const generator = createTestGenerator();
    await replyTo(generator, words('who'));
    const exit = exitOf(children[0]);
    generator.close();
    await exit;
    expect(timers).toEqual([]);
    expect(children).toHaveLength(1);
    expect(generator.status()).toEqual({ state: 'stopped', starts: 1 });
  });

  test('between two children, the next one is not started', async () => {
    const generator = createTestGenerator();
    await killChild();
    generator.close();
    startNext();
    expect(children).toHaveLength(1);
  });
});
