import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../../../../shared/generator/jobs';
import { createTestEngine, type TestEngine } from '../../../../tests/servers/test-engine';
import { createTestEngineJobs, enginePicture } from '../../../../tests/servers/test-engine-jobs';
import { newId } from '../../db/new-id';
import { temporaryFolder } from '../../test-support/temporary-folder';
import type { EngineJobs } from './engine-jobs';

let temporary: ReturnType<typeof temporaryFolder>;
let engine: TestEngine;
let jobs: EngineJobs;
let addresses: (string | null)[];
let used: string[];
let repeated: string[];

beforeEach(() => {
  temporary = temporaryFolder();
  engine = createTestEngine(temporary.folder);
  ({ jobs, addresses, used, repeated } = createTestEngineJobs(engine, engine.target()));
});

afterEach(async () => {
  engine.supervisor.close();
  await expect.poll(() => engine.program.alive()).toEqual([]);
  temporary.remove();
});

/** Lets the back-off after a crash pass. */
async function passBackOff(): Promise<void> {
  await expect.poll(() => engine.clock.waiting().length).toBeGreaterThan(0);
  engine.clock.pass(60_000);
}

test('starts the server, gives the generator its address, and makes pictures with the model as it was started', async () => {
  expect(await jobs.run(enginePicture())).toMatchObject({ type: 'stored', costMicroUsd: 0 });
  const chosen = { aspectRatio: '1:1', seed: 7, steps: 9 } as const;
  expect(await jobs.run(enginePicture({ params: chosen }))).toMatchObject({ type: 'stored' });
  expect(addresses).toEqual([engine.supervisor.address(), engine.supervisor.address()]);
  expect(engine.program.events('start')).toHaveLength(1);
  expect(engine.program.events('generate')).toMatchObject([{ steps: 4 }, { steps: 9 }]);
  expect(engine.program.events('refused')).toEqual([]);
  expect(used).toEqual(['model', 'model']);
});

test('leaves jobs of other services and recoveries to the generator', async () => {
  const { kind: _, ...job } = enginePicture();
  const others: Job[] = [enginePicture({ provider: 'painter' }), { ...job, kind: 'recover' }];
  for (const other of others) expect(await jobs.run(other)).toMatchObject({ code: 'no_reply' });
  expect(engine.program.events()).toEqual([]);
});

test('fails without starting anything if the model is not installed', async () => {
  expect(await jobs.run(enginePicture({ model: 'gone' }))).toMatchObject({ code: 'engine_missing' });
  expect(engine.program.events()).toEqual([]);
});

test('fails without starting anything if the model takes no pictures', async () => {
  const references = [{ imageId: newId(), file: 'images/a.png', prompt: '', signature: null }];
  expect(await jobs.run(enginePicture({ references }))).toMatchObject({ code: 'no_references' });
  expect(engine.program.events()).toEqual([]);
});

describe('a server that crashes', () => {
  test('is started again, and the picture is made', async () => {
    engine.program.set({ crashWhileGenerating: 'exit' });
    const job = enginePicture();
    const outcome = jobs.run(job);
    await expect.poll(() => engine.program.events('generate')).toHaveLength(1);
    await expect.poll(() => engine.supervisor.state()).toBe('restarting');
    // The steps of the first attempt are shown no longer.
    expect(repeated).toEqual([job.jobId]);
    engine.program.set({});
    await passBackOff();
    expect(await outcome).toMatchObject({ type: 'stored' });
    expect(engine.program.events('start')).toHaveLength(2);
  });

  test('while it starts is started again', async () => {
    engine.program.set({ signalAtStart: 'SIGSEGV' });
    const outcome = jobs.run(enginePicture());
    await expect.poll(() => engine.clock.waiting()).not.toEqual([]);
    engine.program.set({});
    await passBackOff();
    expect(await outcome).toMatchObject({ type: 'stored' });
    expect(engine.program.events('start')).toHaveLength(2);
  });

  test('three times with the same picture ends the picture', async () => {
    engine.program.set({ crashWhileGenerating: 'abort' });
    const outcome = jobs.run(enginePicture());
    await passBackOff();
    await passBackOff();
    expect(await outcome).toMatchObject({ code: 'engine_crashed' });
    expect(engine.program.events('start')).toHaveLength(3);
  });

  test('for lack of memory ends the picture at once', async () => {
    engine.program.set({ crashWhileGenerating: 'no-memory' });
    expect(await jobs.run(enginePicture())).toMatchObject({ code: 'engine_out_of_memory' });
    expect(engine.program.events('start')).toHaveLength(1);
  });

  test('and is cancelled during the pause is not started again', async () => {
    engine.program.set({ crashWhileGenerating: 'exit' });
    const job = enginePicture();
    const outcome = jobs.run(job);
    await expect.poll(() => engine.clock.waiting().length).toBeGreaterThan(0);
    jobs.stop(job.jobId);
    expect(await outcome).toMatchObject({ code: 'cancelled' });
    expect(engine.program.events('start')).toHaveLength(1);
  });
});

describe('Stop', () => {
  test('during the start ends the process', async () => {
    engine.program.set({ start: 'hang' });
    const job = enginePicture();
    const outcome = jobs.run(job);
    await expect.poll(() => engine.program.alive()).toHaveLength(1);
    jobs.stop(job.jobId);
    expect(await outcome).toMatchObject({ code: 'cancelled' });
    expect(engine.program.alive()).toEqual([]);
  });

  test('during a picture ends a server that cannot stop it', async () => {
    engine.program.set({ hold: true });
    const job = enginePicture();
    const outcome = jobs.run(job);
    await expect.poll(() => engine.program.events('generate')).toHaveLength(1);
    jobs.stop(job.jobId);
    expect(await outcome).toMatchObject({ code: 'cancelled' });
    expect(engine.program.alive()).toEqual([]);
    expect(engine.supervisor.state()).toBe('stopped');
  });

  test('during a picture keeps a server that can stop it', async () => {
    engine.program.set({ hold: true, canCancel: true });
    const job = enginePicture();
    const outcome = jobs.run(job);
    await expect.poll(() => engine.program.events('generate')).toHaveLength(1);
    jobs.stop(job.jobId);
    expect(await outcome).toMatchObject({ code: 'cancelled' });
    await expect.poll(() => engine.program.events('cancel')).toMatchObject([{ status: 'generating' }]);
    engine.program.set({ canCancel: true });
    expect(await jobs.run(enginePicture())).toMatchObject({ type: 'stored' });
    expect(engine.program.events('start')).toHaveLength(1);
  });
});

test('a failed start ends the picture with its reason', async () => {
  engine.program.set({ exitAtStart: 9 });
  expect(await jobs.run(enginePicture())).toMatchObject({
    code: 'engine_not_started',
    message: expect.stringContaining('exit code 9'),
  });
});

test('a bar of the picture’s own steps is its progress, and one of the model is not', async () => {
  engine.program.set({ hold: true });
  const job = enginePicture();
  const bar = { step: 1, steps: 4, secondsPerStep: 2.5 };
  expect(jobs.progressOf(bar)).toBeNull();
  const outcome = jobs.run(job);
  await expect.poll(() => engine.program.events('generate')).toHaveLength(1);
  expect(jobs.progressOf(bar)).toEqual({
    jobId: job.jobId,
    fraction: 0.25,
    steps: { done: 1, total: 4, secondsLeft: 8 },
  });
  expect(jobs.progressOf({ ...bar, step: 300, steps: 1130 })).toBeNull();
  jobs.stop(job.jobId);
  await outcome;
});
