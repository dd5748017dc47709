import { describe, expect, test } from 'vitest';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob, type Outcome } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { createRunJob } from './run-job';

function picture(provider: ServiceId): Extract<Job, { kind: 'picture' }> {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  const model = serviceOf(provider).defaultModel;
  return { kind: 'picture', jobId: newId(), requestId: newId(), provider, model, prompt: 'a fox', params };
}

function stored(jobId: string): Outcome {
  const facts = { file: 'images/a0/x.png', width: 1, height: 1, bytes: 1, thumbhash: '' };
  return {
    type: 'stored',
    jobId,
    requestId: jobId,
    provider: 'google' as const,
    model: 'm',
    ...facts,
    costMicroUsd: 0,
    durationMs: 1,
    storeMs: 1,
  };
}

const crashed = (job: Job) => failedJob(job.jobId, 'generator_stopped', 1);
const notOnDisk = (job: Job) => failedJob(job.jobId, 'nothing_to_recover', 1);

/** A generator that gives these answers in order and records the kinds of its jobs. */
function generatorWith(...answers: ((job: Job) => Outcome)[]) {
  const kinds: string[] = [];
  const { run } = createRunJob({
    async runInGenerator(job) {
      kinds.push(job.kind);
      const answer = answers.shift();
      if (!answer) throw new Error('one job too many');
      return answer(job);
    },
    stopInGenerator() {},
  });
  return { run, kinds };
}

const store = (job: Job) => stored(job.jobId);

test('returns the outcome of a job', async () => {
  const { run, kinds } = generatorWith(store);
  expect(await run(picture('painter'))).toMatchObject({ type: 'stored' });
  expect(kinds).toEqual(['picture']);
});

describe('a generator that crashes', () => {
  test('runs a free picture again', async () => {
    const { run, kinds } = generatorWith(crashed, crashed, store);
    expect(await run(picture('painter'))).toMatchObject({ type: 'stored' });
    expect(kinds).toEqual(['picture', 'picture', 'picture']);
  });

  test('fails a job after three crashes', async () => {
    const { run, kinds } = generatorWith(crashed, crashed, crashed);
    expect(await run(picture('painter'))).toMatchObject({ code: 'generator_stopped', costMicroUsd: null });
    expect(kinds).toHaveLength(3);
  });

  test('looks for a billed picture on disk and never requests it again', async () => {
    const { run, kinds } = generatorWith(crashed, store);
    expect(await run(picture('google'))).toMatchObject({ type: 'stored' });
    expect(kinds).toEqual(['picture', 'recover']);
  });

  test('ends a billed picture that is not on disk as interrupted, with its price', async () => {
    const { run, kinds } = generatorWith(crashed, notOnDisk);
    expect(await run(picture('google'))).toMatchObject({ code: 'interrupted', costMicroUsd: 33_600 });
    expect(kinds).toEqual(['picture', 'recover']);
  });

  test('runs a free text reply again and interrupts one that may have been billed', async () => {
    const textJob = { kind: 'text', jobId: newId(), requestId: newId(), text: 'Hello', history: [] } as const;
    const free = generatorWith(crashed, store);
    expect(await free.run({ ...textJob, provider: 'painter', model: null })).toMatchObject({
      type: 'stored',
    });
    expect(free.kinds).toEqual(['text', 'text']);
    const billed = generatorWith(crashed);
    expect(await billed.run({ ...textJob, provider: 'google', model: 'gemini-3.5-flash' })).toMatchObject({
      code: 'interrupted',
    });
    expect(billed.kinds).toEqual(['text']);
  });

  test('repeats a recovery after a crash, and gives up after the third', async () => {
    const again = generatorWith(crashed, crashed, notOnDisk);
    expect(await again.run(picture('google'))).toMatchObject({ code: 'interrupted' });
    const never = generatorWith(crashed, crashed, crashed);
    expect(await never.run(picture('google'))).toMatchObject({
      code: 'generator_stopped',
      costMicroUsd: 33_600,
    });
    expect(never.kinds).toEqual(['picture', 'recover', 'recover']);
  });

  test('fails only the job that causes the crashes', async () => {
    const bad = picture('painter');
    const good = Array.from({ length: 5 }, () => picture('painter'));
    /** Ends all its jobs when the bad one arrives, like a process that crashes. */
    let held: { job: Job; end: (outcome: Outcome) => void }[] = [];
    const runInGenerator = (job: Job) => {
      const outcome = new Promise<Outcome>((end) => held.push({ job, end }));
      queueMicrotask(() => {
        const isCrashing = held.some((entry) => entry.job.jobId === bad.jobId);
        for (const { job: other, end } of held) end(isCrashing ? crashed(other) : stored(other.jobId));
        held = [];
      });
      return outcome;
    };
    const { run } = createRunJob({ runInGenerator, stopInGenerator() {} });
    const outcomes = await Promise.all([bad, ...good].map((job) => run(job)));
    expect(outcomes[0]).toMatchObject({ code: 'generator_stopped' });
    for (const outcome of outcomes.slice(1)) expect(outcome).toMatchObject({ type: 'stored' });
  });
});

describe('a picture that was interrupted by the end of the app', () => {
  const interrupted = (provider: ServiceId): Job => ({ ...picture(provider), kind: 'recover' });

  test('is recovered from disk', async () => {
    const { run, kinds } = generatorWith(store);
    expect(await run(interrupted('google'))).toMatchObject({ type: 'stored' });
    expect(kinds).toEqual(['recover']);
  });

  test('is made again if it is free', async () => {
    const { run, kinds } = generatorWith(notOnDisk, store);
    expect(await run(interrupted('painter'))).toMatchObject({ type: 'stored' });
    expect(kinds).toEqual(['recover', 'picture']);
  });

  test.each([41_000, 0])('ends with what it has cost if it had arrived and was lost: %s', async (cost) => {
    const { run } = generatorWith((job) => failedJob(job.jobId, 'nothing_to_recover', 1, cost));
    expect(await run(interrupted('google'))).toMatchObject({
      ...{ code: 'interrupted', costMicroUsd: cost, sentence: { id: 'chat.interrupted_arrived' } },
    });
  });

  test('ends as interrupted if it may have been billed', async () => {
    const { run, kinds } = generatorWith(notOnDisk);
    expect(await run(interrupted('google'))).toMatchObject({ code: 'interrupted', costMicroUsd: 33_600 });
    expect(kinds).toEqual(['recover']);
  });
});

describe('stop', () => {
  /** A generator that holds its jobs until the test ends them. */
  function holding() {
    const given: { job: Job; end: (outcome: Outcome) => void }[] = [];
    const stopsGiven: string[] = [];
    const jobs = createRunJob({
      runInGenerator: (job) => new Promise((end) => given.push({ job, end })),
      stopInGenerator: (jobId) => void stopsGiven.push(jobId),
    });
    const endLast = (outcome: (job: Job) => Outcome) => {
      const { job, end } = given.at(-1) ?? {};
      if (job) end?.(outcome(job));
    };
    return { ...jobs, given, stopsGiven, endLast };
  }

  /** Returns jobs after a crash: the first one runs again, and the others wait for it. */
  async function waitingFor(...others: Job[]) {
    const jobs = holding();
    const first = picture('painter');
    const outcomes = [first, ...others].map((job) => jobs.run(job));
    for (const { job, end } of jobs.given.splice(0)) end(crashed(job));
    await expect.poll(() => jobs.given.map(({ job }) => job.jobId)).toEqual([first.jobId]);
    return { ...jobs, outcomes };
  }

  test('ends a free job that waits for its turn at once and never runs it', async () => {
    const second = picture('painter');
    const { outcomes, stop, given, endLast } = await waitingFor(second);
    stop(second.jobId);
    expect(await outcomes[1]).toMatchObject({ code: 'cancelled', costMicroUsd: null });
    endLast(store);
    expect(await outcomes[0]).toMatchObject({ type: 'stored' });
    expect(given).toHaveLength(1);
  });

  test('says that a waiting job may have been billed', async () => {
    const second = picture('google');
    const { outcomes, stop } = await waitingFor(second);
    stop(second.jobId);
    expect(await outcomes[1]).toMatchObject({ code: 'cancelled_late', costMicroUsd: 33_600 });
  });

  test('lets the jobs behind a stopped one run', async () => {
    const [second, third] = [picture('painter'), picture('painter')];
    const { outcomes, stop, given, endLast } = await waitingFor(second, third);
    stop(second.jobId);
    endLast(store);
    await expect.poll(() => given.at(-1)?.job.jobId).toBe(third.jobId);
    endLast(store);
    expect(await Promise.all(outcomes)).toMatchObject([
      { type: 'stored' },
      { code: 'cancelled' },
      { type: 'stored' },
    ]);
  });

  test('does not make a stopped picture that is not on disk', async () => {
    const { run, stop, stopsGiven, given, endLast } = holding();
    const job = picture('painter');
    const outcome = run({ ...job, kind: 'recover' });
    stop(job.jobId);
    expect(stopsGiven).toEqual([job.jobId]);
    endLast(notOnDisk);
    expect(await outcome).toMatchObject({ code: 'cancelled' });
    expect(given).toHaveLength(1);
  });

  test('says that a stopped recovery of a billed picture may have been charged', async () => {
    const { run, stop, endLast } = holding();
    const job = picture('google');
    const outcome = run({ ...job, kind: 'recover' });
    stop(job.jobId);
    endLast((held) => failedJob(held.jobId, 'cancelled', 1));
    expect(await outcome).toMatchObject({ code: 'cancelled_late', costMicroUsd: 33_600 });
  });

  test('keeps a stopped picture that is on disk', async () => {
    const { run, stop, endLast } = holding();
    const job = picture('google');
    const outcome = run({ ...job, kind: 'recover' });
    stop(job.jobId);
    endLast(store);
    expect(await outcome).toMatchObject({ type: 'stored' });
  });

  test('ends a billed reply as stopped if the generator ends before it does', async () => {
    const { run, stop, endLast } = holding();
    const ids = { jobId: newId(), requestId: newId() };
    const question = { kind: 'text', text: 'Hello', history: [] } as const;
    const outcome = run({ ...question, ...ids, provider: 'google', model: 'gemini-3.5-flash' });
    stop(ids.jobId);
    endLast(crashed);
    expect(await outcome).toMatchObject({ code: 'cancelled_late', costMicroUsd: 0 });
  });

  test('affects one run only: a retry runs under the same id', async () => {
    const { run, stop, endLast } = holding();
    const job = picture('painter');
    const first = run(job);
    stop(job.jobId);
    endLast((held) => failedJob(held.jobId, 'cancelled', 1));
    expect(await first).toMatchObject({ code: 'cancelled' });
    const second = run(job);
    endLast(store);
    expect(await second).toMatchObject({ type: 'stored' });
  });
});
