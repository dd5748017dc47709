// When the generator's process starts, is replaced and ends.
import { describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../../shared/generator/messages';
import {
  createTestGenerator,
  exitOf,
  killChild,
  picture,
  replyTo,
  startNext,
  textJob,
  useGeneratorChildren,
  world,
} from '../test-support/generator-children';
import type { Generator } from './generator-process';

useGeneratorChildren();

test('a job that comes before a delayed first start waits for it', async () => {
  let startChild = () => {};
  const generator = createTestGenerator({
    whenToStart: (start) => {
      startChild = start;
    },
  });
  const reply = replyTo(generator, textJob('configured'));
  expect(world.children).toHaveLength(0);
  startChild();
  expect(await reply).toBe(world.dataFolder);
  expect(world.children).toHaveLength(1);
});

test('tasks that come before a delayed first start, or between two world.children, wait for the next child', async () => {
  let startChild = () => {};
  const generator = createTestGenerator({
    isOnDemand: true,
    whenToStart: (start) => {
      startChild = start;
    },
  });
  const early = [generator.listModels('openai'), generator.check('openai')];
  expect(world.children).toHaveLength(0);
  startChild();
  for (const result of await Promise.all(early)) expect(result).toMatchObject({ ok: true });
  await killChild();
  const between = generator.listModels('xai');
  startNext();
  expect(await between).toMatchObject({ ok: true, value: [{ id: 'xai' }] });
  expect(world.children).toHaveLength(2);
});

test('a task fails when its app has closed the generator', async () => {
  const generator = createTestGenerator();
  generator.close();
  expect(await generator.check('openai')).toMatchObject({ code: 'generator_stopped' });
});

test('a prefetch waits for no child: none starts before the first one, nor while one is being replaced', async () => {
  let startChild = () => {};
  const whenToStart = (start: () => void) => {
    startChild = start;
  };
  const generator = createTestGenerator({ isOnDemand: true, whenToStart });
  expect(generator.mayPrefetch()).toBe(false);
  startChild();
  expect(generator.mayPrefetch()).toBe(true);
  await killChild();
  expect(generator.mayPrefetch()).toBe(false);
  startNext();
  expect(generator.mayPrefetch()).toBe(true);
  expect(JSON.parse(await replyTo(generator, textJob('asides')))).toEqual([]);
});

describe('on demand', () => {
  test('no child starts without work', () => {
    const generator = createTestGenerator({ isOnDemand: true });
    generator.ping();
    generator.configure();
    expect(world.children).toHaveLength(0);
    expect(generator.status()).toEqual({ state: 'idle', starts: 0 });
  });

  test.each<[string, (generator: Generator) => unknown]>([
    ['a warm-up', (generator) => generator.warmUp()],
    ['a job', (generator) => generator.run(textJob('configured'))],
    ['a prefetch', (generator) => generator.mayPrefetch()],
    ['a missing thumbnail', (generator) => generator.derive('id', 'images/id.png')],
    ['an original to release', (generator) => generator.releaseOriginal('id', 'images/id.png')],
    ['a check of a provider', (generator) => generator.check('painter')],
    ['a list of models', (generator) => generator.listModels('painter')],
  ])('%s starts one child, and a second request no other', (_name, need) => {
    const generator = createTestGenerator({ isOnDemand: true });
    void need(generator);
    void need(generator);
    expect(world.children).toHaveLength(1);
  });

  test('a job that starts the child is run once', async () => {
    const generator = createTestGenerator({ isOnDemand: true });
    expect(await replyTo(generator, textJob('configured'))).toBe(world.dataFolder);
    expect(JSON.parse(await replyTo(generator, textJob('asides')))).toEqual([]);
  });

  test('work that comes too early starts the child once it may start', () => {
    let startChild = () => {};
    const whenToStart = (start: () => void) => {
      startChild = start;
    };
    const generator = createTestGenerator({ isOnDemand: true, whenToStart });
    generator.warmUp();
    expect(world.children).toHaveLength(0);
    startChild();
    expect(world.children).toHaveLength(1);
  });

  test('a child that has crashed is replaced after its pause, not by the next job', async () => {
    const generator = createTestGenerator({ isOnDemand: true });
    generator.warmUp();
    await killChild();
    const reply = replyTo(generator, textJob('configured'));
    expect(world.children).toHaveLength(1);
    startNext();
    expect(await reply).toBe(world.dataFolder);
    expect(world.children).toHaveLength(2);
  });
});

describe('when the child exits', () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)('by %s, each of its jobs ends with a reason', async (signal) => {
    const generator = createTestGenerator();
    const jobs = [textJob('hold'), picture('hold'), picture('hold', 'a model that is gone')];
    const outcomes = jobs.map((job) => generator.run(job));
    await replyTo(generator, textJob('who'));
    world.children[0]?.kill(signal);
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
    expect(world.children).toHaveLength(1);
    startNext();
    expect(generator.status()).toEqual({ state: 'starting', starts: 2 });
    const second = await replyTo(generator, textJob('who'));
    expect(second).toBe(String(world.children[1]?.pid));
    expect(second).not.toBe(first);
    expect(await replyTo(generator, textJob('configured'))).toBe(world.dataFolder);
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
    expect(world.timers.map(({ milliseconds }) => milliseconds)).toEqual([
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
    expect(world.timers.map(({ milliseconds }) => milliseconds)).toEqual([100, 200, 400, 100, 200]);
  });
});

describe('close', () => {
  test('ends the child, and none follows', async () => {
    const generator = createTestGenerator();
    await replyTo(generator, textJob('who'));
    const exit = exitOf(world.children[0]);
    generator.close();
    await exit;
    expect(world.timers).toEqual([]);
    expect(world.children).toHaveLength(1);
    expect(generator.status()).toEqual({ state: 'stopped', starts: 1 });
  });

  test('before the next child keeps it from starting', async () => {
    const generator = createTestGenerator();
    await killChild();
    generator.close();
    startNext();
    expect(world.children).toHaveLength(1);
  });
});
