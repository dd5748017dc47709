import { describe, expect, test } from 'vitest';
import { providers } from '../../../shared/domain/model-catalogue';
import type { ProviderId } from '../../../shared/domain/models';
import { failedJob, type Job, type Outcome } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { createRunJob } from './run-job';

function picture(provider: ProviderId): Extract<Job, { kind: 'picture' }> {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  const model = providers[provider].defaultModel;
  return { kind: 'picture', jobId: newId(), provider, model, prompt: 'a fox', params };
}

function stored(jobId: string): Outcome {
  const facts = { file: 'images/a0/x.png', width: 1, height: 1, bytes: 1, thumbhash: '' };
  return { type: 'stored', jobId, ...facts, costMicroUsd: 0, durationMs: 1, storeMs: 1 };
}

const stopped = (job: Job) => failedJob(job.jobId, 'generator_stopped', 1);
const nothing = (job: Job) => failedJob(job.jobId, 'nothing_to_recover', 1);

/** A generator that answers the given way each time it is asked, and notes what it was asked. */
function answering(...answers: ((job: Job) => Outcome)[]) {
  const asked: string[] = [];
  const { run } = createRunJob({
    async runInGenerator(job) {
      asked.push(job.kind);
      const answer = answers.shift();
      if (!answer) throw new Error('asked once too often');
      return answer(job);
    },
    stopInGenerator() {},
  });
  return { run, asked };
}

const store = (job: Job) => stored(job.jobId);

test('what ends, ends', async () => {
  const { run, asked } = answering(store);
  expect(await run(picture('painter'))).toMatchObject({ type: 'stored' });
  expect(asked).toEqual(['picture']);
});

describe('when the generator dies', () => {
  test('a free picture runs again', async () => {
    const { run, asked } = answering(stopped, stopped, store);
    expect(await run(picture('painter'))).toMatchObject({ type: 'stored' });
    expect(asked).toEqual(['picture', 'picture', 'picture']);
  });

  test('three deaths on the same job fail it', async () => {
    const { run, asked } = answering(stopped, stopped, stopped);
    expect(await run(picture('painter'))).toMatchObject({ code: 'generator_stopped', costMicroUsd: null });
    expect(asked).toHaveLength(3);
  });

  test('a billed picture is looked for on disk and never asked for again', async () => {
    const { run, asked } = answering(stopped, store);
    expect(await run(picture('google'))).toMatchObject({ type: 'stored' });
    expect(asked).toEqual(['picture', 'recover']);
  });

  test('a billed picture that is not on disk ends as interrupted, with its price', async () => {
    const { run, asked } = answering(stopped, nothing);
    expect(await run(picture('google'))).toMatchObject({ code: 'interrupted', costMicroUsd: 33_600 });
    expect(asked).toEqual(['picture', 'recover']);
  });

  test('words run again where they are free, and are interrupted where they may have been billed', async () => {
    const words = { kind: 'text', jobId: newId(), text: 'Hello', history: [] } as const;
    const free = answering(stopped, store);
    expect(await free.run({ ...words, provider: 'painter', model: null })).toMatchObject({ type: 'stored' });
    expect(free.asked).toEqual(['text', 'text']);
    const billed = answering(stopped);
    expect(await billed.run({ ...words, provider: 'google', model: 'gemini-3.5-flash' })).toMatchObject({
      code: 'interrupted',
    });
    expect(billed.asked).toEqual(['text']);
  });

  test('looking on disk survives a death too, and gives up after the third', async () => {
    const again = answering(stopped, stopped, nothing);
    expect(await again.run(picture('google'))).toMatchObject({ code: 'interrupted' });
    const never = answering(stopped, stopped, stopped);
    expect(await never.run(picture('google'))).toMatchObject({
      code: 'generator_stopped',
      costMicroUsd: 33_600,
    });
    expect(never.asked).toEqual(['picture', 'recover', 'recover']);
  });

  test('a job that kills it takes no other with it', async () => {
    const bad = picture('painter');
    const good = Array.from({ length: 5 }, () => picture('painter'));
    /** Ends every job it holds when the bad one comes, as a process does that dies. */
    let held: { job: Job; end: (outcome: Outcome) => void }[] = [];
    const runInGenerator = (job: Job) => {
      const outcome = new Promise<Outcome>((end) => held.push({ job, end }));
      queueMicrotask(() => {
        const dying = held.some((entry) => entry.job.jobId === bad.jobId);
        for (const { job: other, end } of held) end(dying ? stopped(other) : stored(other.jobId));
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

describe('what was cut off by the end of the app', () => {
  const adopt = (provider: ProviderId): Job => ({ ...picture(provider), kind: 'recover' });

  test('is adopted where it is on disk', async () => {
    const { run, asked } = answering(store);
    expect(await run(adopt('google'))).toMatchObject({ type: 'stored' });
    expect(asked).toEqual(['recover']);
  });

  test('is made again where it is free', async () => {
    const { run, asked } = answering(nothing, store);
    expect(await run(adopt('painter'))).toMatchObject({ type: 'stored' });
    expect(asked).toEqual(['recover', 'picture']);
  });

  test('is interrupted where it may have been billed', async () => {
    const { run, asked } = answering(nothing);
    expect(await run(adopt('google'))).toMatchObject({ code: 'interrupted', costMicroUsd: 33_600 });
    expect(asked).toEqual(['recover']);
  });
});

describe('Stop', () => {
  /** A generator that holds what it is given until the test ends it. */
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

  /** Several jobs were in a generator that died; the first of them is given again, and the others wait for it. */
  async function waitingFor(...others: Job[]) {
    const jobs = holding();
    const first = picture('painter');
    const outcomes = [first, ...others].map((job) => jobs.run(job));
    for (const { job, end } of jobs.given.splice(0)) end(stopped(job));
    await expect.poll(() => jobs.given.map(({ job }) => job.jobId)).toEqual([first.jobId]);
    return { ...jobs, outcomes };
  }

  test('a free job that waits for its turn ends at once, and is not given any more', async () => {
    const second = picture('painter');
    const { outcomes, stop, given, endLast } = await waitingFor(second);
    stop(second.jobId);
    expect(await outcomes[1]).toMatchObject({ code: 'cancelled', costMicroUsd: null });
    endLast(store);
    expect(await outcomes[0]).toMatchObject({ type: 'stored' });
    expect(given).toHaveLength(1);
  });

  test('one that may have been billed says so', async () => {
    const second = picture('google');
    const { outcomes, stop } = await waitingFor(second);
    stop(second.jobId);
    expect(await outcomes[1]).toMatchObject({ code: 'cancelled_late', costMicroUsd: 33_600 });
  });

  test('those behind it have their turn', async () => {
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

  test('what was taken up again is not made once it is stopped, where it is not on disk', async () => {
    const { run, stop, stopsGiven, given, endLast } = holding();
    const job = picture('painter');
    const outcome = run({ ...job, kind: 'recover' });
    stop(job.jobId);
    expect(stopsGiven).toEqual([job.jobId]);
    endLast(nothing);
    expect(await outcome).toMatchObject({ code: 'cancelled' });
    expect(given).toHaveLength(1);
  });

  test('a picture that is on disk is kept although it was stopped', async () => {
    const { run, stop, endLast } = holding();
    const job = picture('google');
    const outcome = run({ ...job, kind: 'recover' });
    stop(job.jobId);
    endLast(store);
    expect(await outcome).toMatchObject({ type: 'stored' });
  });

  test('holds for one run: Retry gives the job under the same id', async () => {
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
