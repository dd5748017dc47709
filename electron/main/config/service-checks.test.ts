import { expect, onTestFinished, test } from 'vitest';
import { type Failure, failure, success } from '../../../shared/domain/errors';
import { failedJob, type Outcome } from '../../../shared/generator/messages';
import { sentence } from '../../../shared/languages/sentence';
import { createTestContext } from '../test-support/test-context';
import { createServiceChecks } from './service-checks';

function open() {
  const { store, world } = createTestContext();
  onTestFinished(() => store.close());
  /** The services whose keys are the environment's. */
  const ofRun = new Set<string>();
  const unwritten: unknown[] = [];
  const onWriteError = (error: unknown) => unwritten.push(error);
  const options = { store, now: () => world.now, onChange: () => {}, onWriteError };
  const create = () => createServiceChecks({ ...options, isOfRun: (id) => ofRun.has(id) });
  return { checks: create(), world, ofRun, unwritten, store, startAgain: create };
}

test('the last test of each service is known, with its time and its reason', async () => {
  const { checks, world } = open();
  const refused = failure('key_rejected', sentence('services.google_key_rejected'));
  expect(await checks.run('google', async () => success('Works.'))).toEqual(success('Works.'));
  world.now += 1000;
  expect(await checks.run('google', async () => refused)).toBe(refused);
  await checks.run('openai', async () => success(null));
  const { ok: _ok, ...problem } = refused;
  expect(checks.list()).toEqual([
    { service: 'google', at: world.now, problem },
    { service: 'openai', at: world.now, problem: null },
  ]);
});

test('a test that was begun before the key changed says nothing', async () => {
  const { checks } = open();
  await checks.run('google', async () => success(null));
  let answer: () => void = () => {};
  const refused = new Promise<Failure>((resolve) => {
    answer = () => resolve(failure('key_rejected'));
  });
  const running = checks.run('google', () => refused);
  checks.forget('google');
  expect(checks.list()).toEqual([]);
  answer();
  await running;
  expect(checks.list()).toEqual([]);
});

test('a failure of the app itself leaves what is known', async () => {
  const { checks, world } = open();
  await checks.run('google', async () => success(null));
  const at = world.now;
  world.now += 1000;
  await checks.run('google', async () => failure('generator_stopped'));
  expect(checks.list()).toEqual([{ service: 'google', at, problem: null }]);
});

test.each([
  ['key_rejected', true],
  ['not_permitted', true],
  ['unreachable', false],
  ['rate_limited', false],
] as const)('after a test that failed with %s, the key was refused: %s', async (code, isRefused) => {
  const { checks } = open();
  await checks.run('google', async () => failure(code));
  expect(checks.isKeyRefused('google')).toBe(isRefused);
  expect(checks.isKeyRefused('openai')).toBe(false);
  checks.forget('google');
  expect(checks.isKeyRefused('google')).toBe(false);
});

test('a success ends what an earlier test has said', async () => {
  const { checks } = open();
  await checks.run('google', async () => failure('key_rejected'));
  await checks.run('google', async () => success(null));
  expect(checks.isKeyRefused('google')).toBe(false);
});

test('tests of a saved key and of one of the environment say nothing of each other, and the latter lasts for its run', async () => {
  const { checks, ofRun, startAgain } = open();
  await checks.run('google', async () => failure('key_rejected'));
  ofRun.add('google');
  const withKey = startAgain();
  expect(withKey.isKeyRefused('google')).toBe(false);
  expect(withKey.list()).toEqual([]);
  await withKey.run('google', async () => failure('not_permitted'));
  expect(withKey.isKeyRefused('google')).toBe(true);
  expect(startAgain().isKeyRefused('google')).toBe(false);
  await withKey.run('google', async () => success(null));
  ofRun.delete('google');
  expect(withKey.isKeyRefused('google')).toBe(true);
  expect(startAgain().isKeyRefused('google')).toBe(true);
});

const done: Outcome = { type: 'replied', jobId: 'reply', text: 'Yes.', pictures: [], costMicroUsd: 0 };
const refusal = failedJob('picture', 'key_rejected', 1, null, sentence('services.google_key_rejected'));

test('a request that is refused its key says so in its run, and one that succeeds ends it', async () => {
  const { checks, world, startAgain } = open();
  await checks.run('google', async () => success(null));
  world.now += 1000;
  expect(await checks.learnFrom('google', Promise.resolve(refusal))).toBe(refusal);
  expect(checks.isKeyRefused('google')).toBe(true);
  const { code, message, sentence: said } = refusal;
  expect(checks.list()).toEqual([
    { service: 'google', at: world.now, problem: { code, message, sentence: said } },
  ]);
  // It stays in use meanwhile.
  expect(checks.isRefusedByTest('google')).toBe(false);
  expect(startAgain().isKeyRefused('google')).toBe(false);
  expect(await checks.learnFrom('google', Promise.resolve(done))).toBe(done);
  expect(checks.isKeyRefused('google')).toBe(false);
});

test('a request that succeeds ends what a test has said, and a test what a request has', async () => {
  const { checks } = open();
  await checks.run('google', async () => failure('key_rejected'));
  expect(checks.isRefusedByTest('google')).toBe(true);
  await checks.learnFrom('google', Promise.resolve(done));
  expect(checks.isRefusedByTest('google')).toBe(false);
  await checks.learnFrom('google', Promise.resolve(refusal));
  await checks.run('google', async () => success(null));
  expect(checks.isKeyRefused('google')).toBe(false);
});

test.each(['not_permitted', 'unreachable', 'rate_limited', 'cancelled', 'model_gone'] as const)(
  'a request that failed with %s leaves what is known of the key',
  async (code) => {
    const { checks } = open();
    const failed = Promise.resolve(failedJob('picture', code, 1));
    await checks.learnFrom('google', failed);
    expect(checks.list()).toEqual([]);
    await checks.learnFrom('google', Promise.resolve(refusal));
    await checks.learnFrom('google', failed);
    expect(checks.isKeyRefused('google')).toBe(true);
  },
);

test('a request with an earlier key says nothing of the one that is there now', async () => {
  const { checks } = open();
  let answer: () => void = () => {};
  const request = new Promise<Outcome>((resolve) => {
    answer = () => resolve(refusal);
  });
  const late = checks.learnFrom('google', request);
  checks.forget('google');
  answer();
  await late;
  expect(checks.isKeyRefused('google')).toBe(false);
});

test('a result of a request that cannot be written is reported, and the request ends as usual', async () => {
  const { checks, store, unwritten } = open();
  store.close();
  expect(await checks.learnFrom('google', Promise.resolve(refusal))).toBe(refusal);
  expect(unwritten).toHaveLength(1);
});
