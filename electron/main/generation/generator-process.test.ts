import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { success } from '../../../shared/domain/errors';
import type { Job, PictureJob, TextJob } from '../../../shared/generator/jobs';
import type {
  ArrivedPicture,
  DerivedPicture,
  Outcome,
  ShowablePicture,
} from '../../../shared/generator/messages';
import type { ProxyAnswer } from '../../../shared/generator/proxies';
import { sentence } from '../../../shared/languages/sentence';
import { patient } from '../../../tests/harness/patient';
import { newId } from '../db/new-id';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createGenerator, type Generator, type GeneratorOptions } from './generator-process';

// A minimal generator: a job's text says what the generator does with it.
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
  if (message.type === 'write-png') {
    return answer({ type: 'png-written', task: message.task, isWritten: message.file === '/a.webp' });
  }
  if (message.type === 'check') {
    return answer({ type: 'checked', task: message.task, result: { ok: true, value: { id: 'services.no_seed', values: { service: message.provider } } } });
  }
  if (message.type === 'list-models') {
    const value = [{ id: message.provider, label: 'A model', makes: 'pictures' }];
    return answer({ type: 'listed', task: message.task, result: { ok: true, value } });
  }
  if (message.type !== 'run') return asides.push(message);
  if (message.job.text === 'proxy') answer({ type: 'find-proxy', question: 5, origin: 'http://a.test' });
  const { job } = message;
  const what = job.text ?? job.prompt;
  if (what === 'who') return reply(job, String(process.pid));
  if (what === 'configured') return reply(job, String(configured));
  if (what === 'hold' || what === 'proxy') return held.push(job);
  if (what === 'asides') return reply(job, JSON.stringify(asides));
  if (what === 'smaller') {
    answer({ type: 'derived', jobId: job.jobId, file: 'images/ab/x.display.webp', bytes: 7 });
    return reply(job, 'and done');
  }
  if (what === 'showable') {
    const showable = { type: 'showable', jobId: job.jobId, requestId: job.requestId, format: 'png', width: 3, height: 2 };
    const look = { format: 'png', width: 3, height: 2 };
    const arrived = { type: 'arrived', jobId: job.jobId, requestId: job.requestId, look };
    answer({ ...showable, requestId: '../secret' });
    answer({ ...arrived, look: { ...look, width: -1 } });
    answer(arrived);
    answer(showable);
    reply(job, 'and stored');
    answer(arrived);
    return answer(showable);
  }
  if (what === 'count') return reply(job, String(held.length));
  if (what === 'release') {
    for (const waiting of held.splice(0).reverse()) reply(waiting, 'released');
    return reply(job, 'last');
  }
  if (what === 'exit') process.exit(3);
  // It answers nothing more, without using the processor.
  if (what === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (what === 'nonsense') {
    for (const bad of [null, 7, 'ready', {}, { type: 'stored' }, { type: 'replied', jobId: 'x', text: '' },
      { type: 'progress', jobId: job.jobId, fraction: 7 }, { type: 'text', jobId: job.jobId }]) answer(bad);
    return reply(job, 'sense');
  }
  if (what.startsWith('{')) {
    answer({ jobId: job.jobId, ...JSON.parse(what) });
    return answer({ type: 'alive' });
  }
  if (what === 'twice') {
    reply(job, 'first');
    return reply(job, 'second');
  }
});
`;

let scriptFile: string;
let dataFolder: string;
/** Every child, in the order of their starts. */
let children: ChildProcess[];
/** The back-off timers. */
let timers: { milliseconds: number; work: () => void }[];
let timerAdded: () => void;
let started: number[];
let derived: DerivedPicture[];
let showable: ShowablePicture[];
let announced: ArrivedPicture[];
/** Jobs in the order in which they ended. */
let endedJobs: string[];
/** Whether the rows show a derived file: what `onDerived` returns. */
let isReplaced: boolean;
/** What each child has worked. */
let processorMs: number | null;
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
  showable = [];
  announced = [];
  endedJobs = [];
  isReplaced = false;
  processorMs = null;
  timerAdded = () => {};
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

/** Ends every child, so that the next test does not notice its exit. */
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
    // As in Electron, a message to a child that is exiting is lost.
    post: (message) => void child.send(message, () => {}),
    kill: () => void child.kill(),
    processorMs: () => processorMs,
  };
};

function createTestGenerator(
  more: Pick<GeneratorOptions, 'whenToStart' | 'isOnDemand' | 'answerProxyQuestion'> = {},
): Generator {
  current = createGenerator({
    fork: forkChild,
    configuration: () => ({
      type: 'configure',
      dataFolder,
      services: [],
      displayQuality: 90,
      language: 'en',
    }),
    after: (milliseconds, work) => {
      timers.push({ milliseconds, work });
      timerAdded();
    },
    onStart: (milliseconds) => void started.push(milliseconds),
    onShowable: (picture) => void showable.push(picture),
    onAnnounced: (picture) => void announced.push(picture),
    onJobEnd: (jobId) => void endedJobs.push(jobId),
    onDerived(picture) {
      derived.push(picture);
      return isReplaced;
    },
    ...more,
  });
  return current;
}

function textJob(text: string): TextJob {
  return {
    kind: 'text',
    jobId: newId(),
    requestId: newId(),
    provider: 'painter',
    model: null,
    text,
    history: [],
  };
}

function picture(prompt: string, model = 'gemini-nano-banana-2.1'): PictureJob {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  return { kind: 'picture', jobId: newId(), requestId: newId(), provider: 'google', model, prompt, params };
}

async function replyTo(generator: Generator, job: Job): Promise<string> {
  const outcome = await generator.run(job);
  if (outcome.type !== 'replied') throw new Error(JSON.stringify(outcome));
  return outcome.text;
}

/** Resolves once the exit of the newest child was noticed and the start of its successor is scheduled. */
function exitNoticed(): Promise<void> {
  const known = timers.length;
  return new Promise((resolve) => {
    timerAdded = () => {
      if (timers.length > known) resolve();
    };
  });
}

async function killChild(): Promise<void> {
  const noticed = exitNoticed();
  children.at(-1)?.kill('SIGKILL');
  await noticed;
}

test('a job that comes before a delayed first start waits for it', async () => {
  let startChild = () => {};
  const generator = createTestGenerator({
    whenToStart: (start) => {
      startChild = start;
    },
  });
  const reply = replyTo(generator, textJob('configured'));
  expect(children).toHaveLength(0);
  startChild();
  expect(await reply).toBe(dataFolder);
  expect(children).toHaveLength(1);
});

test('tasks that come before a delayed first start, or between two children, wait for the next child', async () => {
  let startChild = () => {};
  const generator = createTestGenerator({
    isOnDemand: true,
    whenToStart: (start) => {
      startChild = start;
    },
  });
  const early = [generator.listModels('openai'), generator.check('openai')];
  expect(children).toHaveLength(0);
  startChild();
  for (const result of await Promise.all(early)) expect(result).toMatchObject({ ok: true });
  await killChild();
  const between = generator.listModels('xai');
  startNext();
  expect(await between).toMatchObject({ ok: true, value: [{ id: 'xai' }] });
  expect(children).toHaveLength(2);
});

test('a task fails when its app has closed the generator', async () => {
  const generator = createTestGenerator();
  generator.close();
  expect(await generator.check('openai')).toMatchObject({ code: 'generator_stopped' });
});

test('the first start starts only the last prefetch that was requested before it', async () => {
  let startChild = () => {};
  const whenToStart = (start: () => void) => {
    startChild = start;
  };
  const generator = createTestGenerator({ whenToStart });
  const jobs = Array.from({ length: 3 }, () => picture('a fox'));
  const [first, second, third] = jobs;
  if (!first || !second || !third) throw new Error('no jobs');
  generator.startPrefetch(first);
  generator.discardPrefetch(first.jobId);
  generator.startPrefetch(second);
  generator.startPrefetch(third);
  generator.discardPrefetch(second.jobId);
  startChild();
  expect(JSON.parse(await replyTo(generator, textJob('asides')))).toEqual([{ type: 'prefetch', job: third }]);
});

describe('on demand', () => {
  test('no child starts without work', () => {
    const generator = createTestGenerator({ isOnDemand: true });
    generator.ping();
    generator.configure();
    expect(children).toHaveLength(0);
    expect(generator.status()).toEqual({ state: 'idle', starts: 0 });
  });

  test.each<[string, (generator: Generator) => unknown]>([
    ['a warm-up', (generator) => generator.warmUp()],
    ['a job', (generator) => generator.run(textJob('configured'))],
    ['a prefetch', (generator) => generator.startPrefetch(picture('a fox'))],
    ['a missing thumbnail', (generator) => generator.derive('id', 'images/id.png')],
    ['an original to release', (generator) => generator.releaseOriginal('id', 'images/id.png')],
    ['a check of a provider', (generator) => generator.check('painter')],
    ['a list of models', (generator) => generator.listModels('painter')],
  ])('%s starts one child, and a second request no other', (_name, need) => {
    const generator = createTestGenerator({ isOnDemand: true });
    void need(generator);
    void need(generator);
    expect(children).toHaveLength(1);
  });

  test('a job that starts the child is run once', async () => {
    const generator = createTestGenerator({ isOnDemand: true });
    expect(await replyTo(generator, textJob('configured'))).toBe(dataFolder);
    expect(JSON.parse(await replyTo(generator, textJob('asides')))).toEqual([]);
  });

  test('work that comes too early starts the child once it may start', () => {
    let startChild = () => {};
    const whenToStart = (start: () => void) => {
      startChild = start;
    };
    const generator = createTestGenerator({ isOnDemand: true, whenToStart });
    generator.warmUp();
    expect(children).toHaveLength(0);
    startChild();
    expect(children).toHaveLength(1);
  });

  test('a child that has crashed is replaced after its pause, not by the next job', async () => {
    const generator = createTestGenerator({ isOnDemand: true });
    generator.warmUp();
    await killChild();
    const reply = replyTo(generator, textJob('configured'));
    expect(children).toHaveLength(1);
    startNext();
    expect(await reply).toBe(dataFolder);
    expect(children).toHaveLength(2);
  });
});

/** Runs the newest back-off timer. */
function startNext(): void {
  timers.at(-1)?.work();
}

test('answers a question about proxies, but only to the child that asked', async () => {
  const waiting: ((answer: ProxyAnswer) => void)[] = [];
  const generator = createTestGenerator({
    answerProxyQuestion: () => new Promise((resolve) => waiting.push(resolve)),
  });
  const answer: ProxyAnswer = { type: 'proxy-found', question: 5, found: success('DIRECT') };
  void generator.run(textJob('proxy'));
  await vi.waitFor(() => expect(waiting).toHaveLength(1), patient);
  waiting[0]?.(answer);
  await vi.waitFor(
    async () => expect(JSON.parse(await replyTo(generator, textJob('asides')))).toEqual([answer]),
    patient,
  );
  void generator.run(textJob('proxy'));
  await vi.waitFor(() => expect(waiting).toHaveLength(2), patient);
  await killChild();
  startNext();
  waiting[1]?.(answer);
  expect(JSON.parse(await replyTo(generator, textJob('asides')))).toEqual([]);
});

test('sends each child its configuration first', async () => {
  const generator = createTestGenerator();
  expect(generator.status()).toEqual({ state: 'starting', starts: 1 });
  expect(await replyTo(generator, textJob('configured'))).toBe(dataFolder);
  expect(generator.status()).toEqual({ state: 'ready', starts: 1 });
  expect(started).toHaveLength(1);
});

test('pairs replies with their jobs in any order', async () => {
  const generator = createTestGenerator();
  const order: string[] = [];
  const jobs = [textJob('hold'), textJob('hold'), textJob('release')];
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

test('ignores and logs a message that is not in the contract', async () => {
  const generator = createTestGenerator();
  expect(await replyTo(generator, textJob('nonsense'))).toBe('sense');
  expect(console.error).toHaveBeenCalledTimes(8);
  expect(await replyTo(generator, textJob('who'))).toBe(String(children[0]?.pid));
});

test.each([
  ['a negative cost', { type: 'replied', text: '', pictures: [], costMicroUsd: -1e6 }],
  ['an enormous cost', { type: 'replied', text: '', pictures: [], costMicroUsd: 1e300 }],
  ['an unknown code', { type: 'failed', code: 'made_up', message: '', durationMs: 1, costMicroUsd: null }],
  ['a missing field', { type: 'stored' }],
  ['a field too many', { type: 'replied', text: '', pictures: [], costMicroUsd: 0, more: 1 }],
  ['an unknown type', { type: 'constructor' }],
  ['no type', {}],
])('ends a job whose outcome has %s, with what it may have cost', async (_what, outcome) => {
  const generator = createTestGenerator();
  const ended = await generator.run(picture(JSON.stringify(outcome)));
  expect(ended).toMatchObject({ type: 'failed', code: 'bad_answer', costMicroUsd: 33_600 });
  expect(await replyTo(generator, textJob('who'))).toBe(String(children[0]?.pid));
});

test('reports that a picture can be shown while its job runs, and not afterwards', async () => {
  const generator = createTestGenerator();
  const job = textJob('showable');
  expect(await replyTo(generator, job)).toBe('and stored');
  expect(await replyTo(generator, textJob('who'))).toBe(String(children[0]?.pid));
  expect(showable).toEqual([
    {
      ...{ type: 'showable', jobId: job.jobId, requestId: job.requestId },
      ...{ format: 'png', width: 3, height: 2 },
    },
  ]);
  expect(announced).toEqual([
    {
      ...{ type: 'arrived', jobId: job.jobId, requestId: job.requestId },
      look: { format: 'png', width: 3, height: 2 },
    },
  ]);
  expect(endedJobs[0]).toBe(job.jobId);
  // News with a path instead of an id, or with an impossible size, is not passed on, and does not end the job.
  expect(console.error).toHaveBeenCalledTimes(2);
});

test('reports a smaller file without ending the job', async () => {
  const generator = createTestGenerator();
  const job = textJob('smaller');
  expect(await replyTo(generator, job)).toBe('and done');
  expect(derived).toEqual([
    { type: 'derived', jobId: job.jobId, file: 'images/ab/x.display.webp', bytes: 7 },
  ]);
});

test('releases an original only if its rows show the smaller file', async () => {
  const generator = createTestGenerator();
  await replyTo(generator, textJob('smaller'));
  expect(await replyTo(generator, textJob('asides'))).toBe('[]');
  isReplaced = true;
  const job = textJob('smaller');
  await replyTo(generator, job);
  expect(JSON.parse(await replyTo(generator, textJob('asides')))).toEqual([
    { type: 'release-original', imageId: job.jobId, file: 'images/ab/x.display.webp' },
  ]);
});

test('passes other requests to the child', async () => {
  const generator = createTestGenerator();
  const [imageId, file] = [newId(), 'images/ab/x.png'];
  void generator.derive(imageId, file);
  generator.releaseOriginal(imageId, file);
  expect(JSON.parse(await replyTo(generator, textJob('asides')))).toEqual([
    { type: 'derive', task: 1, imageId, file },
    { type: 'release-original', imageId, file },
  ]);
});

test('pairs located files with their requests', async () => {
  const generator = createTestGenerator();
  const task = { imageId: newId(), chosen: '/x.png', height: 1 };
  const both = [7, 9].map((width) => generator.locate({ ...task, width }));
  expect(await Promise.all(both)).toMatchObject([{ value: { bytes: 7 } }, { value: { bytes: 9 } }]);
});

test('pairs checks and lists of models with their requests', async () => {
  const generator = createTestGenerator();
  const answers = await Promise.all([
    generator.check('google'),
    generator.listModels('openai'),
    generator.check('openai'),
  ]);
  expect(answers).toEqual([
    success(sentence('services.no_seed', { service: 'google' })),
    success([{ id: 'openai', label: 'A model', makes: 'pictures' }]),
    success(sentence('services.no_seed', { service: 'openai' })),
  ]);
});

test('pairs PNGs with their requests', async () => {
  const generator = createTestGenerator();
  const answers = await Promise.all(['/a.webp', '/b.webp'].map((file) => generator.writePng(file, '/x.png')));
  expect(answers).toMatchObject([success(null), { code: 'picture_not_copied' }]);
});

test('fails to locate a file that crashes the child, and no other file', async () => {
  const generator = createTestGenerator();
  const task = { imageId: newId(), chosen: '/deadly', width: 1, height: 1 };
  const noticed = exitNoticed();
  expect(await generator.locate(task)).toMatchObject({ code: 'generator_stopped' });
  await noticed;
  const next = generator.locate({ ...task, chosen: '/x.png' });
  startNext();
  expect(await next).toMatchObject({ ok: true });
});

test('sends the child a new configuration without counting a start', async () => {
  const generator = createTestGenerator();
  await replyTo(generator, textJob('who'));
  dataFolder = '/elsewhere';
  generator.configure();
  expect(await replyTo(generator, textJob('configured'))).toBe('/elsewhere');
  expect(started).toHaveLength(1);
});

test('ignores a second reply to a job', async () => {
  const generator = createTestGenerator();
  expect(await replyTo(generator, textJob('twice'))).toBe('first');
  expect(await replyTo(generator, textJob('who'))).toBe(String(children[0]?.pid));
});

test('stops a job through its child', async () => {
  const generator = createTestGenerator();
  const job = picture('hold');
  const outcome = generator.run(job);
  generator.stop(job.jobId);
  expect(await outcome).toMatchObject({ type: 'failed', jobId: job.jobId, code: 'cancelled' });
});

describe('when the child exits', () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)('by %s, each of its jobs ends with a reason', async (signal) => {
    const generator = createTestGenerator();
    const jobs = [textJob('hold'), picture('hold'), picture('hold', 'a model that is gone')];
    const outcomes = jobs.map((job) => generator.run(job));
    await replyTo(generator, textJob('who'));
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
    // A picture's request may have left, so its price counts; zero stands for an unknown price.
    expect(ended.map((outcome) => 'costMicroUsd' in outcome && outcome.costMicroUsd)).toEqual([
      null,
      33_600,
      0,
    ]);
  });

  test('during a job, that job and the others end', async () => {
    const generator = createTestGenerator();
    const held = generator.run(textJob('hold'));
    const fatal = generator.run(textJob('exit'));
    expect(await held).toMatchObject({ code: 'generator_stopped' });
    expect(await fatal).toMatchObject({ code: 'generator_stopped' });
  });

  test('a new child starts after a pause', async () => {
    const generator = createTestGenerator();
    const first = await replyTo(generator, textJob('who'));
    await killChild();
    expect(generator.status()).toEqual({ state: 'stopped', starts: 1 });
    expect(children).toHaveLength(1);
    startNext();
    expect(generator.status()).toEqual({ state: 'starting', starts: 2 });
    const second = await replyTo(generator, textJob('who'));
    expect(second).toBe(String(children[1]?.pid));
    expect(second).not.toBe(first);
    expect(await replyTo(generator, textJob('configured'))).toBe(dataFolder);
    expect(generator.status()).toEqual({ state: 'ready', starts: 2 });
  });

  test('a job that comes before the next child runs once in it', async () => {
    const generator = createTestGenerator();
    await killChild();
    const waiting = [textJob('hold'), textJob('hold')].map((job) => generator.run(job));
    startNext();
    expect(await replyTo(generator, textJob('release'))).toBe('last');
    expect((await Promise.all(waiting)).map(({ type }) => type)).toEqual(['replied', 'replied']);
  });

  test('a job that is stopped before the next child never runs', async () => {
    const generator = createTestGenerator();
    await killChild();
    const job = picture('hold');
    const outcome = generator.run(job);
    generator.stop(job.jobId);
    expect(await outcome).toMatchObject({ type: 'failed', code: 'cancelled', costMicroUsd: null });
    startNext();
    expect(await replyTo(generator, textJob('count'))).toBe('0');
  });

  test('a job that has ended does not run in the next child', async () => {
    const generator = createTestGenerator();
    const held = generator.run(textJob('hold'));
    await replyTo(generator, textJob('who'));
    await killChild();
    expect(await held).toMatchObject({ code: 'generator_stopped' });
    startNext();
    expect(await replyTo(generator, textJob('count'))).toBe('0');
  });

  test('repeatedly, the pauses grow up to a maximum', async () => {
    const generator = createTestGenerator();
    for (let exits = 0; exits < 9; exits += 1) {
      await replyTo(generator, textJob('who'));
      await killChild();
      startNext();
    }
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([
      100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000,
    ]);
    expect(generator.status().starts).toBe(10);
  });

  test('after a healthy run, the pauses start again from the first', async () => {
    const generator = createTestGenerator();
    const clock = vi.spyOn(performance, 'now');
    let at = performance.now();
    clock.mockImplementation(() => at);
    for (const lifeMs of [0, 0, 29_999, 30_001, 0]) {
      startNext();
      await replyTo(generator, textJob('who'));
      at += lifeMs;
      await killChild();
    }
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([100, 200, 400, 100, 200]);
  });
});

describe('ping', () => {
  test('kills a child that hangs, and ends its job with a reason', async () => {
    const generator = createTestGenerator();
    await replyTo(generator, textJob('who'));
    const hanging = generator.run(textJob('hang'));
    for (let pings = 0; pings < 5; pings += 1) generator.ping();
    expect(await hanging).toMatchObject({ code: 'generator_stopped' });
    startNext();
    expect(await replyTo(generator, textJob('who'))).toBe(String(children[1]?.pid));
  });

  test.each([
    ['works all the time', 5_000],
    ['does nothing at all', 0],
  ])('kills one that %s', async (_what, worked) => {
    const generator = createTestGenerator();
    await replyTo(generator, textJob('who'));
    const hanging = generator.run(textJob('hang'));
    processorMs = 100;
    for (let pings = 0; pings < 5; pings += 1) {
      generator.ping();
      processorMs += worked;
    }
    expect(await hanging).toMatchObject({ code: 'generator_stopped' });
  });

  test('keeps one that gets little of the processor, and kills it once it has had enough', async () => {
    const generator = createTestGenerator();
    await replyTo(generator, textJob('who'));
    const hanging = generator.run(textJob('hang'));
    processorMs = 100;
    for (let pings = 0; pings < 40; pings += 1) {
      generator.ping();
      processorMs += 500;
    }
    expect(children[0]?.killed).toBe(false);
    generator.ping();
    expect(children[0]?.killed).toBe(true);
    expect(await hanging).toMatchObject({ code: 'generator_stopped' });
  });

  test('keeps a child that answers', async () => {
    const generator = createTestGenerator();
    const first = await replyTo(generator, textJob('who'));
    for (let pings = 0; pings < 20; pings += 1) {
      generator.ping();
      expect(await replyTo(generator, textJob('who'))).toBe(first);
    }
    expect(children).toHaveLength(1);
  });

  test('gives a child that is starting more time, but not unlimited time', async () => {
    const generator = createTestGenerator();
    for (let pings = 0; pings < 12; pings += 1) generator.ping();
    expect(generator.status()).toEqual({ state: 'starting', starts: 1 });
    expect(children[0]?.killed).toBe(false);
    const exit = exitOf(children[0]);
    generator.ping();
    await exit;
    expect(generator.status()).toEqual({ state: 'stopped', starts: 1 });
    startNext();
    expect(await replyTo(generator, textJob('who'))).toBe(String(children[1]?.pid));
  });
});

describe('close', () => {
  test('ends the child, and none follows', async () => {
    const generator = createTestGenerator();
    await replyTo(generator, textJob('who'));
    const exit = exitOf(children[0]);
    generator.close();
    await exit;
    expect(timers).toEqual([]);
    expect(children).toHaveLength(1);
    expect(generator.status()).toEqual({ state: 'stopped', starts: 1 });
  });

  test('before the next child keeps it from starting', async () => {
    const generator = createTestGenerator();
    await killChild();
    generator.close();
    startNext();
    expect(children).toHaveLength(1);
  });
});
