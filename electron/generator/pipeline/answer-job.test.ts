import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Canvas } from '@napi-rs/canvas';
import { describe, expect, onTestFinished, test } from 'vitest';
import { changeHereModel, madeChange, unchanged } from '../../../shared/domain/edits';
import { arrivalFile, livePreviewFile, pictureFile } from '../../../shared/domain/picture-files';
import type { Arrival } from '../../../shared/generator/arrivals';
import type { PictureJob, TextJob } from '../../../shared/generator/jobs';
import type { FromGenerator } from '../../../shared/generator/messages';
import { patient } from '../../../tests/harness/patient';
import { startAutomatic1111Server } from '../../../tests/servers/automatic1111-server';
import { startGoogleServer } from '../../../tests/servers/google-server';
import { callPart, eventOf, textEvents } from '../../../tests/servers/google-stream';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import type { Codec } from '../codec/codec';
import { localCodec } from '../codec/local-codec';
import { configureServices } from '../services/test-context';
import { answerJob, pictureContext } from './answer-job';
import { tidyArrivals, writeArrival } from './arrivals';
import { createRequests } from './requests';
import { filesIn, noise, origin, pictureId, sample } from './test-pictures';
import { requestId } from './test-storing';

test('sends progress and previews of a picture until it is made, and none afterwards', async () => {
  const { folder: dataFolder, remove } = temporaryFolder();
  onTestFinished(remove);
  const picture = sample(64, 64).toBuffer('image/png');
  const server = await startAutomatic1111Server({ picture });
  onTestFinished(() => server.close());
  server.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
  server.showProgress({ progress: 0.25, currentImage: picture });

  const sent: FromGenerator[] = [];
  const progress = () => sent.flatMap((news) => (news.type === 'progress' ? [news] : []));
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: pictureId, requestId, prompt: origin.prompt, params: origin.params },
    ...{ provider: 'automatic1111', model: 'current' },
  };
  const services = configureServices({ automatic1111: { baseUrl: server.baseUrl } });
  const answered = answerJob(job, {
    configuration: { dataFolder, services, displayQuality: 90 },
    codec: localCodec,
    requests: createRequests(),
    signal: new AbortController().signal,
    send: (news) => void sent.push(news),
  });
  await expect.poll(progress, patient).toContainEqual({
    ...{ type: 'progress', jobId: pictureId, fraction: 0.25, previewCount: 1 },
  });
  expect(existsSync(path.join(dataFolder, livePreviewFile(pictureId)))).toBe(true);
  server.release();
  expect((await answered).outcome).toMatchObject({ type: 'stored', costMicroUsd: 0 });
  await expect.poll(() => existsSync(path.join(dataFolder, livePreviewFile(pictureId))), patient).toBe(false);
});

describe('a picture whose bytes have arrived', () => {
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: pictureId, requestId, prompt: origin.prompt, params: origin.params },
    ...{ provider: 'google', model: origin.model },
  };

  /** Answers the job. @returns the messages sent and the codec's accesses, in order. */
  async function answer(picture: Uint8Array, { isPrefetched = false } = {}) {
    const { folder: dataFolder, remove } = temporaryFolder();
    onTestFinished(remove);
    const server = await startGoogleServer({ picture });
    onTestFinished(() => server.close());
    const google = { apiKey: 'key', baseUrl: server.baseUrl };
    const configuration = { dataFolder, services: configureServices({ google }), displayQuality: 90 };
    const steps: (FromGenerator | string)[] = [];
    const codec: Codec = {
      ...localCodec,
      measure(file) {
        steps.push('opened');
        return localCodec.measure(file);
      },
    };
    const requests = createRequests();
    const send = (news: FromGenerator) => {
      const isWritten = existsSync(path.join(dataFolder, arrivalFile(requestId)));
      steps.push(news, ...(isWritten ? ['on disk'] : []));
    };
    if (isPrefetched) {
      requests.prefetch(job, { dataFolder, send, context: pictureContext(configuration, codec) });
    }
    const signal = new AbortController().signal;
    const { outcome } = await answerJob(job, { configuration, codec, requests, signal, send });
    return { outcome, steps };
  }

  const displayInfo = { format: 'png', width: 60, height: 40 };
  const arrived = { type: 'arrived', jobId: pictureId, requestId, displayInfo };
  const showable = { type: 'showable', jobId: pictureId, requestId, ...displayInfo };
  const picture = sample(60, 40).toBuffer('image/png');

  test('is announced before it is on disk, and can be shown before the codec opens it', async () => {
    const { outcome, steps } = await answer(picture);
    expect(outcome).toMatchObject({ type: 'stored', width: 60, height: 40 });
    expect(steps).toEqual([arrived, showable, 'on disk', 'opened']);
  });

  test('can be shown just as early if it was prefetched', async () => {
    const { outcome, steps } = await answer(picture, { isPrefetched: true });
    expect(outcome.type).toBe('stored');
    expect(steps.slice(-3)).toEqual([showable, 'on disk', 'opened']);
  });

  test('is not shown early if they are truncated', async () => {
    const { outcome, steps } = await answer(sample(60, 40).toBuffer('image/jpeg').subarray(0, -2));
    expect(outcome.type).toBe('stored');
    expect(steps).toEqual([{ type: 'arrived', jobId: pictureId, requestId }, 'opened']);
  });
});

describe('a reply', () => {
  const job: TextJob = {
    ...{ kind: 'text', jobId: pictureId, requestId, provider: 'google', model: 'gemini-3.8-flash' },
    ...{ text: 'make it night', history: [] },
  };

  /** Answers the job with the provider's script. */
  async function answer(script: Parameters<typeof startGoogleServer>[0]) {
    const server = await startGoogleServer(script);
    onTestFinished(() => server.close());
    const sent: FromGenerator[] = [];
    const google = { apiKey: 'key', baseUrl: server.baseUrl };
    const { outcome } = await answerJob(job, {
      configuration: { dataFolder: '', services: configureServices({ google }), displayQuality: 90 },
      codec: localCodec,
      requests: createRequests(),
      signal: new AbortController().signal,
      send: (news) => void sent.push(news),
    });
    return { outcome, sent };
  }

  test('sends its text as it grows, then the whole with its cost', async () => {
    const events = textEvents('Once ', 'upon ', 'a time');
    const { outcome, sent } = await answer({ script: [{ kind: 'stream', events }] });
    expect(outcome).toEqual({
      ...{ type: 'replied', jobId: pictureId, text: 'Once upon a time', pictures: [] },
      costMicroUsd: expect.any(Number),
    });
    expect(outcome.costMicroUsd).toBeGreaterThan(0);
    const texts = sent.map((news) => (news.type === 'text' && news.jobId === pictureId ? news.text : null));
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join('')).toBe('Once upon a time');
  });

  test('includes the pictures that it requests', async () => {
    const events = [eventOf([{ text: 'Sure.' }, callPart({ prompt: 'a fox at night' })], 'STOP')];
    const { outcome } = await answer({ script: [{ kind: 'stream', events }] });
    expect(outcome).toMatchObject({
      type: 'replied',
      text: 'Sure.',
      pictures: [{ prompt: 'a fox at night' }],
    });
  });

  test('reports the reason, the duration and the time of a retry if it fails', async () => {
    const refusal = { kind: 'error', status: 403, code: 'PERMISSION_DENIED' } as const;
    const { outcome } = await answer({ script: [refusal] });
    expect(outcome).toMatchObject({ type: 'failed', jobId: pictureId, costMicroUsd: null });
    expect(outcome).not.toHaveProperty('retryAfterMs');
    if (outcome.type !== 'failed') throw new Error(outcome.type);
    expect(outcome.durationMs).toBeGreaterThan(0);
    expect(outcome.durationMs).toBeLessThan(performance.now());
  });
});

describe('a picture whose bytes were lost by a kill', () => {
  const { model, prompt, params } = origin;
  const job = { kind: 'recover', jobId: pictureId, requestId, model, prompt, params } as const;

  /** Recovers a picture twice, as the next starts do, of which only these facts were written. */
  async function recover(provider: 'google' | 'automatic1111', facts: Partial<Arrival>) {
    const { folder: dataFolder, remove } = temporaryFolder();
    onTestFinished(remove);
    const arrival = { requestId, jobId: pictureId, provider, model, prompt, params, mimeType: null };
    const written: Arrival = { ...arrival, arrivedAt: 5, costMicroUsd: 41_000, ...facts };
    await writeArrival(dataFolder, written, Buffer.from('bytes'));
    rmSync(path.join(dataFolder, arrivalFile(requestId)));
    tidyArrivals(dataFolder);
    const answer = () =>
      answerJob(
        { ...job, provider },
        {
          configuration: { dataFolder, services: configureServices({}), displayQuality: 90 },
          ...{ codec: localCodec, requests: createRequests(), send: () => {} },
          signal: new AbortController().signal,
        },
      );
    return [(await answer()).outcome, (await answer()).outcome, filesIn(dataFolder)];
  }

  const notFound = { type: 'failed', code: 'nothing_to_recover' };

  test.each<[Partial<Arrival>, number | null]>([
    [{}, 41_000],
    // Zero stands for an unknown cost.
    [{ costMicroUsd: null }, 0],
    [{ costMicroUsd: 0 }, null],
    [{ costMicroUsd: 20, answer: { parts: [], lost: 1, costMicroUsd: 60 } }, 60],
  ])('reports its cost once: %o', async (facts, costMicroUsd) => {
    const [first, second, left] = await recover('google', facts);
    expect(first).toMatchObject({ ...notFound, costMicroUsd });
    expect(second).toMatchObject({ ...notFound, costMicroUsd: null });
    expect(left).toEqual([]);
  });

  test('leaves nothing if it was free', async () => {
    const [first, , left] = await recover('automatic1111', {});
    expect(first).toMatchObject({ ...notFound, costMicroUsd: null });
    expect(left).toEqual([]);
  });
});

describe('a picture that this computer changes', () => {
  const crop = { left: 2, top: 5, width: 10, height: 20 };
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: pictureId, requestId, prompt: origin.prompt },
    ...{ provider: 'painter', model: changeHereModel },
    params: {
      ...origin.params,
      change: madeChange({ ...unchanged, quarterTurns: 1, crop, scale: 2 }, 'png'),
    },
    references: [{ imageId: pictureId, file: 'images/original', prompt: '', signature: null }],
  };

  async function change(bytes: Uint8Array | null, signal = new AbortController().signal) {
    const { folder: dataFolder, remove } = temporaryFolder();
    onTestFinished(remove);
    mkdirSync(path.join(dataFolder, 'images'));
    if (bytes) writeFileSync(path.join(dataFolder, 'images', 'original'), bytes);
    const { outcome } = await answerJob(job, {
      configuration: { dataFolder, services: configureServices({ painter: {} }), displayQuality: 90 },
      codec: localCodec,
      requests: createRequests(),
      signal,
      send: () => {},
    });
    return outcome;
  }

  test.each<['png' | 'jpg' | 'webp', (original: Canvas) => Promise<Buffer>]>([
    ['png', (original) => original.encode('png')],
    ['jpg', (original) => original.encode('jpeg')],
    ['webp', (original) => original.encode('webp')],
  ])('is stored like any other, as a %s', async (format, encode) => {
    const bytes = await encode(noise(30, 20));
    expect(await change(bytes)).toMatchObject({
      ...{ type: 'stored', file: pictureFile(pictureId, format), width: 20, height: 40, costMicroUsd: 0 },
      ...{ provider: 'painter', model: changeHereModel },
    });
  });

  test('fails without a cost if its original is missing or not a picture, or if it is cancelled', async () => {
    const free = { type: 'failed', costMicroUsd: null };
    expect(await change(null)).toMatchObject({ ...free, code: 'file_missing' });
    expect(await change(Buffer.from('no picture'))).toMatchObject({ ...free, code: 'not_changed' });
    const stopped = AbortSignal.abort();
    expect(await change(noise(30, 20).toBuffer('image/png'), stopped)).toMatchObject({
      ...{ ...free, code: 'cancelled' },
    });
  });
});
