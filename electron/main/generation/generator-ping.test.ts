// The answers to pings decide whether the generator's process is kept.
import { describe, expect, test } from 'vitest';
import {
  createTestGenerator,
  exitOf,
  replyTo,
  startNext,
  textJob,
  useGeneratorChildren,
  world,
} from '../test-support/generator-children';

useGeneratorChildren();

describe('ping', () => {
  test('kills a child that hangs, and ends its job with a reason', async () => {
    const generator = createTestGenerator();
    await replyTo(generator, textJob('who'));
    const hanging = generator.run(textJob('hang'));
    for (let pings = 0; pings < 5; pings += 1) generator.ping();
    expect(await hanging).toMatchObject({ code: 'generator_stopped' });
    startNext();
    expect(await replyTo(generator, textJob('who'))).toBe(String(world.children[1]?.pid));
  });

  test.each([
    ['works all the time', 5_000],
    ['does nothing at all', 0],
  ])('kills one that %s', async (_what, worked) => {
    const generator = createTestGenerator();
    await replyTo(generator, textJob('who'));
    const hanging = generator.run(textJob('hang'));
    world.processorMs = 100;
    for (let pings = 0; pings < 5; pings += 1) {
      generator.ping();
      world.processorMs += worked;
    }
    expect(await hanging).toMatchObject({ code: 'generator_stopped' });
  });

  test('keeps one that gets little of the processor, and kills it once it has had enough', async () => {
    const generator = createTestGenerator();
    await replyTo(generator, textJob('who'));
    const hanging = generator.run(textJob('hang'));
    world.processorMs = 100;
    for (let pings = 0; pings < 40; pings += 1) {
      generator.ping();
      world.processorMs += 500;
    }
    expect(world.children[0]?.killed).toBe(false);
    generator.ping();
    expect(world.children[0]?.killed).toBe(true);
    expect(await hanging).toMatchObject({ code: 'generator_stopped' });
  });

  test('keeps a child that answers', async () => {
    const generator = createTestGenerator();
    const first = await replyTo(generator, textJob('who'));
    for (let pings = 0; pings < 20; pings += 1) {
      generator.ping();
      expect(await replyTo(generator, textJob('who'))).toBe(first);
    }
    expect(world.children).toHaveLength(1);
  });

  test('gives a child that is starting more time, but not unlimited time', async () => {
    const generator = createTestGenerator();
    for (let pings = 0; pings < 12; pings += 1) generator.ping();
    expect(generator.status()).toEqual({ state: 'starting', starts: 1 });
    expect(world.children[0]?.killed).toBe(false);
    const exit = exitOf(world.children[0]);
    generator.ping();
    await exit;
    expect(generator.status()).toEqual({ state: 'stopped', starts: 1 });
    startNext();
    expect(await replyTo(generator, textJob('who'))).toBe(String(world.children[1]?.pid));
  });
});
