import { expect, test, vi } from 'vitest';
import { success } from '../../../shared/domain/errors';
import type { ProxyAnswer } from '../../../shared/generator/proxies';
import { sentence } from '../../../shared/languages/sentence';
import { patient } from '../../../tests/harness/patient';
import { newId } from '../db/new-id';
import {
  createTestGenerator,
  exitNoticed,
  killChild,
  picture,
  replyTo,
  startNext,
  textJob,
  useGeneratorChildren,
  world,
} from '../test-support/generator-children';

useGeneratorChildren();

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
  expect(await replyTo(generator, textJob('configured'))).toBe(world.dataFolder);
  expect(generator.status()).toEqual({ state: 'ready', starts: 1 });
  expect(world.started).toHaveLength(1);
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
  expect(await replyTo(generator, textJob('who'))).toBe(String(world.children[0]?.pid));
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
  expect(await replyTo(generator, textJob('who'))).toBe(String(world.children[0]?.pid));
});

test.each([-5, 0.5, 0])('ends a task whose reply is not in the contract: %s bytes', async (width) => {
  const generator = createTestGenerator();
  const task = { imageId: newId(), chosen: '/x.png', height: 1 };
  expect(await generator.locate({ ...task, width })).toMatchObject({ ok: false, code: 'internal' });
  expect(await generator.locate({ ...task, width: 7 })).toMatchObject({ ok: true });
  expect(world.children).toHaveLength(1);
});

test('reports that a picture can be shown while its job runs, and not afterwards', async () => {
  const generator = createTestGenerator();
  const job = textJob('showable');
  expect(await replyTo(generator, job)).toBe('and stored');
  expect(await replyTo(generator, textJob('who'))).toBe(String(world.children[0]?.pid));
  expect(world.showable).toEqual([
    {
      ...{ type: 'showable', jobId: job.jobId, requestId: job.requestId },
      ...{ format: 'png', width: 3, height: 2 },
    },
  ]);
  expect(world.announced).toEqual([
    {
      ...{ type: 'arrived', jobId: job.jobId, requestId: job.requestId },
      displayInfo: { format: 'png', width: 3, height: 2 },
    },
  ]);
  expect(world.endedJobs[0]).toBe(job.jobId);
  // News with a path instead of an id, or with an impossible size, is not passed on, and does not end the job.
  expect(console.error).toHaveBeenCalledTimes(2);
});

test('reports a smaller file without ending the job', async () => {
  const generator = createTestGenerator();
  const job = textJob('smaller');
  expect(await replyTo(generator, job)).toBe('and done');
  expect(world.derived).toEqual([
    { type: 'derived', jobId: job.jobId, file: 'images/ab/x.display.webp', bytes: 7 },
  ]);
});

test('releases an original only if its rows show the smaller file', async () => {
  const generator = createTestGenerator();
  await replyTo(generator, textJob('smaller'));
  expect(await replyTo(generator, textJob('asides'))).toBe('[]');
  world.isReplaced = true;
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

test('fails to locate a file that crashes two children, and no other file', async () => {
  const generator = createTestGenerator();
  const task = { imageId: newId(), chosen: '/deadly', width: 1, height: 1 };
  const noticed = exitNoticed();
  const located = generator.locate(task);
  await noticed;
  const noticedAgain = exitNoticed();
  startNext();
  expect(await located).toMatchObject({ code: 'generator_stopped' });
  await noticedAgain;
  const next = generator.locate({ ...task, chosen: '/x.png' });
  startNext();
  expect(await next).toMatchObject({ ok: true });
});

test('sends the child a new configuration without counting a start', async () => {
  const generator = createTestGenerator();
  await replyTo(generator, textJob('who'));
  world.dataFolder = '/elsewhere';
  generator.configure();
  expect(await replyTo(generator, textJob('configured'))).toBe('/elsewhere');
  expect(world.started).toHaveLength(1);
});

test('ignores a second reply to a job', async () => {
  const generator = createTestGenerator();
  expect(await replyTo(generator, textJob('twice'))).toBe('first');
  expect(await replyTo(generator, textJob('who'))).toBe(String(world.children[0]?.pid));
});

test('stops a job through its child', async () => {
  const generator = createTestGenerator();
  const job = picture('hold');
  const outcome = generator.run(job);
  generator.stop(job.jobId);
  expect(await outcome).toMatchObject({ type: 'failed', jobId: job.jobId, code: 'cancelled' });
});
