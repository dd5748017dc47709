import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { arrivalFile, factsOf, keptFile, livePreviewFile } from '../../../shared/domain/picture-files';
import { type PictureJob, type RecoverJob, unconfigured } from '../../../shared/generator/jobs';
import type { FromGenerator } from '../../../shared/generator/messages';
import { sentence } from '../../../shared/languages/sentence';
import { patient } from '../../../tests/harness/patient';
import { startAutomatic1111Server } from '../../../tests/servers/automatic1111-server';
import { type GoogleServer, startGoogleServer } from '../../../tests/servers/google-server';
import { json } from '../../../tests/servers/loopback';
import { startWireServer, wireKey } from '../../../tests/servers/wire/wire-server';
import { xaiProtocol } from '../../../tests/servers/wire/xai';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { localCodec } from '../codec/local-codec';
import { configureServices } from '../services/test-context';
import { answerJob, type Configuration, pictureContext } from './answer-job';
import { tidyArrivals } from './arrivals';
import { createRequests, type Requests } from './requests';
import { origin, pictureId, sample } from './test-pictures';
import { arrival, requestId } from './test-storing';

const picture = sample(60, 40).toBuffer('image/png');
const never = new AbortController().signal;
const { model, prompt, params } = origin;
const prefetchJob: PictureJob = {
  kind: 'picture',
  ...{ jobId: requestId, requestId, provider: 'google', model, prompt, params },
};
const message: RecoverJob = { ...prefetchJob, kind: 'recover', jobId: pictureId };

let dataFolder: string;
let server: GoogleServer;
let requests: Requests;
let sent: FromGenerator[];

beforeEach(async () => {
  const temporary = temporaryFolder();
  onTestFinished(temporary.remove);
  dataFolder = temporary.folder;
  server = await startGoogleServer({ picture });
  onTestFinished(() => server.close());
  requests = createRequests();
  sent = [];
});

function configuration(): Configuration {
  const google = { apiKey: 'key', baseUrl: server.baseUrl };
  return { dataFolder, services: configureServices({ google, painter: {} }), displayQuality: 90 };
}

const send = (news: FromGenerator) => void sent.push(news);

function prefetch(job: PictureJob = prefetchJob): void {
  requests.prefetch(job, { dataFolder, send, context: pictureContext(configuration(), localCodec) });
}

async function run(job: PictureJob | RecoverJob, signal: AbortSignal = never) {
  const context = { configuration: configuration(), codec: localCodec, requests, signal, send };
  return (await answerJob(job, context)).outcome;
}

const progress = (fraction: number, previewCount?: number) => ({
  ...{ type: 'progress', jobId: pictureId, fraction },
  ...(previewCount !== undefined && { previewCount }),
});

const ended = () => sent.filter(({ type }) => type === 'prefetch-ended');
const arrived = () =>
  existsSync(path.join(dataFolder, 'arrived')) ? readdirSync(path.join(dataFolder, 'arrived')) : [];

test('stores a prefetch with its service and price before a message takes it', async () => {
  const startedAt = performance.now();
  prefetch();
  await expect
    .poll(ended, patient)
    .toMatchObject([{ requestId, code: null, costMicroUsd: expect.any(Number) }]);
  const elapsedMs = performance.now() - startedAt;
  expect(readFileSync(path.join(dataFolder, arrivalFile(requestId))).equals(picture)).toBe(true);
  const facts = JSON.parse(readFileSync(path.join(dataFolder, factsOf(arrivalFile(requestId))), 'utf8'));
  expect(facts).toMatchObject({ requestId, jobId: null, provider: 'google', model, prompt });
  expect(facts).toMatchObject({ mimeType: 'image/png', costMicroUsd: expect.any(Number) });
  expect(facts.durationMs).toBeGreaterThan(0);
  expect(facts.durationMs).toBeLessThanOrEqual(Math.ceil(elapsedMs));
});

describe('the failure of a prefetch', () => {
  test('reports when the provider accepts requests again', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '300s' }];
    server.answerNext({ kind: 'error', status: 429, code: 'RESOURCE_EXHAUSTED', details });
    prefetch();
    await expect
      .poll(ended, patient)
      .toMatchObject([{ requestId, costMicroUsd: null, retryAfterMs: 300_000 }]);
  });

  test('reports no time if the provider does not', async () => {
    server.answerNext({ kind: 'error', status: 403, code: 'PERMISSION_DENIED' });
    prefetch();
    await expect.poll(ended, patient).toHaveLength(1);
    expect(ended()[0]).toMatchObject({ requestId, code: expect.any(String), costMicroUsd: null });
    expect(ended()[0]).not.toHaveProperty('retryAfterMs');
  });
});

test('reports a setting that a service ignored with the picture', async () => {
  const wire = await startWireServer(xaiProtocol);
  onTestFinished(wire.close);
  wire.failNext({ kind: 'body', body: json(400, { error: 'Argument not supported: aspect_ratio' }) });
  wire.state.base64 = picture.toString('base64');
  const service = { ...unconfigured({ id: 'mine', kind: 'xai', name: 'Mine' }), apiKey: wireKey };
  const services = [{ ...service, baseUrl: wire.baseUrl }];
  const job: PictureJob = { ...prefetchJob, jobId: pictureId, provider: 'mine', model: 'grok-imagine-image' };
  const { outcome } = await answerJob(job, {
    ...{ configuration: { ...configuration(), services }, codec: localCodec, requests, signal: never, send },
  });
  const warnings = [sentence('services.setting_refused', { name: 'aspect_ratio' })];
  expect(outcome).toMatchObject({ type: 'stored', costMicroUsd: 20_000, warnings });
  expect(wire.made).toHaveLength(2);
});

describe('a message that takes a prefetch', () => {
  test('waits for it without a second request', async () => {
    server.answerNext({ kind: 'hang' });
    prefetch();
    await server.received(1);
    const outcome = run(message);
    server.release();
    expect(await outcome).toMatchObject({ type: 'stored', jobId: pictureId, requestId, provider: 'google' });
    expect(arrived()).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  test('shows its progress so far, and later progress', async () => {
    const webUi = await startAutomatic1111Server({ picture });
    onTestFinished(() => webUi.close());
    const services = configureServices({ automatic1111: { baseUrl: webUi.baseUrl } });
    const configured = { ...configuration(), services };
    webUi.showProgress({ progress: 0.25, currentImage: picture });
    webUi.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
    const job = { ...prefetchJob, provider: 'automatic1111', model: 'current' };
    requests.prefetch(job, { dataFolder, send, context: pictureContext(configured, localCodec) });
    await webUi.seen();
    expect(sent).toEqual([]);
    const shown = () => sent.filter(({ type }) => type === 'progress');
    const { provider, model } = job;
    const answered = answerJob(
      { ...message, provider, model },
      { configuration: configured, codec: localCodec, requests, signal: never, send },
    );
    await expect.poll(shown, patient).toContainEqual(progress(0.25, 1));
    webUi.showProgress({ progress: 0.5, currentImage: picture });
    await expect.poll(shown, patient).toContainEqual(progress(0.5));
    webUi.release();
    expect((await answered).outcome).toMatchObject({ type: 'stored', jobId: pictureId, requestId });
    expect(sent).toContainEqual(expect.objectContaining({ type: 'arrived', jobId: pictureId, requestId }));
    await expect.poll(() => existsSync(path.join(dataFolder, livePreviewFile(pictureId)))).toBe(false);
  });

  test('reports that its bytes have arrived if they had before', async () => {
    prefetch();
    await expect.poll(ended, patient).toHaveLength(1);
    await run(message);
    const news = sent.filter((each) => 'jobId' in each && each.jobId === pictureId);
    expect(news.map(({ type }) => type)).toEqual(['arrived', 'showable']);
  });

  test('ends with its result', async () => {
    server.answerNext({ kind: 'error', status: 500, code: 'INTERNAL' });
    prefetch();
    await expect.poll(ended, patient).toHaveLength(1);
    expect(await run(message)).toMatchObject({ type: 'failed', code: 'provider_unavailable' });
    expect(server.requests).toHaveLength(1);
  });

  test('cancels it, and its later discard has no effect', async () => {
    server.answerNext({ kind: 'hang' });
    prefetch();
    await server.received(1);
    const stop = new AbortController();
    const outcome = run(message, stop.signal);
    await requests.discard(requestId, dataFolder);
    stop.abort();
    expect(await outcome).toMatchObject({ type: 'failed', code: 'cancelled_late' });
  });

  test('finds its arrival in a later process', async () => {
    prefetch();
    await expect.poll(ended, patient).toHaveLength(1);
    requests = createRequests();
    tidyArrivals(dataFolder);
    expect(await run(message)).toMatchObject({ type: 'stored', requestId });
    expect(server.requests).toHaveLength(1);
  });
});

describe('the time of storing', () => {
  test('starts when the bytes have arrived', async () => {
    const outcome = await run({ ...message, kind: 'picture' });
    if (outcome.type !== 'stored') throw new Error(outcome.type);
    expect(outcome.storeMs).toBeGreaterThan(0);
    expect(outcome.storeMs).toBeLessThan(outcome.durationMs);
  });

  test('starts when the user begins to wait for a prefetch that had arrived', async () => {
    prefetch();
    await expect.poll(ended, patient).toHaveLength(1);
    const outcome = await run(message);
    if (outcome.type !== 'stored') throw new Error(outcome.type);
    expect(outcome.storeMs).toBe(outcome.durationMs);
  });
});

describe('a picture that is cancelled after its bytes have arrived', () => {
  test('is stored anyway, because it was paid for', async () => {
    const stop = new AbortController();
    const context = { configuration: configuration(), codec: localCodec, requests, signal: stop.signal };
    const cancelOnArrival = (news: FromGenerator): void => {
      if (news.type === 'arrived') stop.abort();
    };
    const { outcome } = await answerJob(
      { ...message, kind: 'picture' },
      { ...context, send: cancelOnArrival },
    );
    expect(stop.signal.aborted).toBe(true);
    expect(outcome).toMatchObject({ type: 'stored', jobId: pictureId, requestId });
    expect(arrived()).toEqual([]);
  });

  test('is stored if they arrived in an earlier process', async () => {
    prefetch();
    await expect.poll(ended, patient).toHaveLength(1);
    requests = createRequests();
    expect(await run(message, AbortSignal.abort())).toMatchObject({ type: 'stored', requestId });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a discarded prefetch', () => {
  test('stays on disk if it was paid for', async () => {
    prefetch();
    await expect.poll(ended, patient).toHaveLength(1);
    await requests.discard(requestId, dataFolder);
    tidyArrivals(dataFolder);
    expect(arrived()).toEqual([requestId, `${requestId}.json`]);
  });

  test('continues in flight if it may be charged', async () => {
    server.answerNext({ kind: 'hang' });
    prefetch();
    await server.received(1);
    const discarded = requests.discard(requestId, dataFolder);
    server.release();
    await discarded;
    expect(server.requests[0]?.abandoned).toBe(false);
    expect(arrived()).toEqual([requestId, `${requestId}.json`]);
  });

  test('leaves nothing if it was free', async () => {
    const params = { aspectRatio: '1:1', seed: 1 } as const;
    prefetch({ ...prefetchJob, provider: 'painter', model: 'painter-1', params });
    await expect.poll(() => arrived().length, patient).toBe(2);
    await requests.discard(requestId, dataFolder);
    expect(arrived()).toEqual([]);
    expect(sent).toEqual([]);
  });
});

test('removes only unfinished writes, free prefetches and free facts without bytes at the next start', () => {
  mkdirSync(path.join(dataFolder, 'arrived'));
  const put = (name: string, text: string) => writeFileSync(path.join(dataFolder, 'arrived', name), text);
  const id = (number: number) => `01930000-0000-7000-8000-00000000ff1${number}`;
  const facts = (number: number, changes: Partial<typeof arrival>) =>
    put(`${id(number)}.json`, JSON.stringify({ ...arrival, requestId: id(number), ...changes }));
  for (const number of [1, 2, 3, 4]) put(id(number), 'bytes');
  facts(1, { jobId: null });
  facts(2, { jobId: null, provider: 'painter' });
  facts(3, { provider: 'painter' });
  facts(5, {});
  facts(6, { provider: 'painter' });
  put(`${id(7)}.part`, 'half');
  tidyArrivals(dataFolder);
  expect(arrived()).toEqual([id(1), `${id(1)}.json`, id(3), `${id(3)}.json`, id(4), `${id(5)}.json`]);
});

test('fails the message of a picture that cannot be opened, and keeps its bytes', async () => {
  const bytes = Buffer.from('II*\0 a TIFF', 'latin1');
  await server.close();
  server = await startGoogleServer({ picture: bytes });
  const outcome = await run({ ...message, kind: 'picture' });
  expect(outcome).toMatchObject({ type: 'failed', code: 'unreadable_picture', kept: true });
  expect(outcome.costMicroUsd).toBeGreaterThan(0);
  expect(readFileSync(path.join(dataFolder, keptFile(requestId))).equals(bytes)).toBe(true);
  // As after a kill after the bytes were moved and before the message was settled.
  const { costMicroUsd } = outcome;
  expect(await run(message)).toMatchObject({ code: 'unreadable_picture', kept: true, costMicroUsd });
  expect(await run({ ...message, requestId: pictureId })).toMatchObject({ code: 'nothing_to_recover' });
});

test('reports the cost of recovered bytes that cannot be opened or stored', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const file = path.join(dataFolder, arrivalFile(requestId));
  mkdirSync(path.dirname(file));
  writeFileSync(file, 'II*\0 a TIFF');
  writeFileSync(factsOf(file), JSON.stringify({ ...arrival, jobId: pictureId, costMicroUsd: 77 }));
  // A file in place of the folder of kept bytes.
  writeFileSync(path.join(dataFolder, 'kept'), '');
  expect(await run(message)).toMatchObject({ code: 'picture_not_stored', costMicroUsd: 77 });
  rmSync(path.join(dataFolder, 'kept'));
  expect(await run(message)).toMatchObject({ code: 'unreadable_picture', kept: true, costMicroUsd: 77 });
});

test('fails only its own request when a service has a bug, as one that may have been charged', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const references = [{ imageId: requestId, file: 'x.png', prompt: '', signature: null }];
  const listener = { jobId: pictureId, onProgress: () => {} };
  const made = await requests.take({ requestId }, never, listener, () =>
    requests.start(
      { ...prefetchJob, references },
      {
        ...{ dataFolder, send, jobId: pictureId },
        context: {
          ...pictureContext(configuration(), localCodec),
          readReference: () => Promise.reject(new Error('a bug')),
        },
      },
    ),
  );
  expect(made).toMatchObject({
    ok: false,
    failure: { code: 'bad_answer', costMicroUsd: expect.any(Number) },
  });
});
