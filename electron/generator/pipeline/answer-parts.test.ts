// An answer with several pictures: the files on disk, the cost of each picture, and the state after a crash.

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { sharesOf } from '../../../shared/domain/answers';
import { arrivalFile, factsOf } from '../../../shared/domain/picture-files';
import type { Job, PictureJob } from '../../../shared/generator/jobs';
import type { Outcome } from '../../../shared/generator/messages';
import { listen } from '../../../tests/servers/listen';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { localCodec } from '../codec/local-codec';
import { configureServices } from '../services/test-context';
import { answerJob } from './answer-job';
import { tidyArrivals } from './arrivals';
import { createRequests } from './requests';
import { origin, pictureId, sample } from './test-pictures';
import { requestId } from './test-storing';

const job: PictureJob = {
  ...{ kind: 'picture', jobId: pictureId, requestId, provider: 'google' },
  ...{ model: origin.model, prompt: origin.prompt, params: origin.params },
};
const sides = [20, 30, 40];
const png = (side: number) => sample(side, side).toBuffer('image/png');

let dataFolder: string;
let baseUrl: string;
let pictures: Buffer[];

beforeEach(async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  pictures = sides.map(png);
  const server = createServer(({ url = '' }, response) => {
    const parts = pictures.flatMap((bytes, index) => [
      { text: `Number ${index + 1}. ` },
      { inlineData: { mimeType: 'image/png', data: bytes.toString('base64') }, thoughtSignature: `${index}` },
    ]);
    const answer = JSON.stringify({ candidates: [{ content: { parts }, finishReason: 'STOP' }] });
    const isStream = url.includes('streamGenerateContent');
    response.setHeader('content-type', isStream ? 'text/event-stream' : 'application/json');
    response.end(isStream ? `data: ${answer}\n\n` : answer);
  });
  onTestFinished(() => void server.close());
  baseUrl = `http://127.0.0.1:${await listen(server)}`;
});

async function run(asked: Job): Promise<Outcome> {
  const services = configureServices({ google: { apiKey: 'key', baseUrl }, painter: {} });
  const configuration = { dataFolder, services, displayQuality: 90 };
  const context = { configuration, codec: localCodec, requests: createRequests(), send: () => {} };
  return (await answerJob(asked, { ...context, signal: new AbortController().signal })).outcome;
}

const recover = (id: string): Promise<Outcome> =>
  run({ ...job, kind: 'recover', jobId: id, requestId: id === pictureId ? requestId : id });
const arrived = () => readdirSync(path.join(dataFolder, 'arrived')).filter((name) => !name.includes('.'));
const partsOf = (outcome: Outcome) => outcome.answer?.parts ?? [];

test('writes every picture with its position, share and signature before the first one is opened', async () => {
  const outcome = await run(job);
  expect(outcome).toMatchObject({ type: 'stored', width: 20, signature: '0' });
  expect(outcome.answer).toMatchObject({ lost: 0, words: 'Number 1. Number 2. Number 3.' });
  const parts = partsOf(outcome);
  expect(parts.map(({ size }) => size)).toEqual(
    sides.slice(1).map((side) => ({ width: side, height: side })),
  );
  const shares = [outcome, ...parts].map(({ costMicroUsd }) => costMicroUsd ?? Number.NaN);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(outcome.answer?.costMicroUsd);
  for (const [index, { id, costMicroUsd }] of parts.entries()) {
    const file = path.join(dataFolder, arrivalFile(id));
    expect(readFileSync(file).equals(pictures[index + 1] ?? Buffer.alloc(0))).toBe(true);
    expect(JSON.parse(readFileSync(factsOf(file), 'utf8'))).toMatchObject({
      ...{ requestId: id, jobId: id, costMicroUsd, signature: `${index + 1}` },
      partOf: { requestId, jobId: pictureId },
    });
  }
});

test('stores each further picture separately, and recovers the same answer', async () => {
  const first = await run(job);
  expect(await recover(pictureId)).toMatchObject({ type: 'stored', width: 20, answer: first.answer });
  for (const [index, { id, costMicroUsd }] of partsOf(first).entries()) {
    const stored = { type: 'stored', jobId: id, requestId: id, costMicroUsd, width: sides[index + 1] };
    expect(await recover(id)).toMatchObject(stored);
    // As after a crash before the row is written.
    tidyArrivals(dataFolder);
    expect(await recover(id)).toMatchObject({ ...stored, signature: `${index + 1}` });
  }
  expect(arrived()).toEqual([]);
});

test('the pictures of a reply keep their signatures, without which its model refuses to edit them', async () => {
  const outcome = await run({
    ...{ kind: 'text', jobId: pictureId, requestId, provider: 'google', model: 'gemini-3.8-flash' },
    ...{ text: 'show me three foxes', history: [] },
  });
  expect(outcome).toMatchObject({ type: 'replied', text: expect.stringContaining('Number 3.') });
  expect(partsOf(outcome)).toHaveLength(sides.length);
  for (const [index, { id }] of partsOf(outcome).entries())
    expect(await recover(id)).toMatchObject({ type: 'stored', signature: `${index}` });
});

test('counts a picture that a crash kept from being written as lost', async () => {
  const [lost] = partsOf(await run(job));
  rmSync(path.join(dataFolder, arrivalFile(lost?.id ?? '')));
  const again = await recover(pictureId);
  expect(again.answer).toMatchObject({ lost: 1, parts: [{ size: { width: 40 } }] });
});

test('keeps the others when the first one cannot be opened', async () => {
  pictures = [Buffer.from('II*\0 a TIFF'), png(30)];
  const outcome = await run(job);
  expect(outcome).toMatchObject({ type: 'failed', code: 'unreadable_picture', kept: true });
  expect(partsOf(outcome)).toHaveLength(1);
  // As after a crash before the outcome is written.
  const again = await recover(pictureId);
  expect(again).toMatchObject({ type: 'failed', kept: true, answer: outcome.answer });
  expect(await recover(partsOf(again)[0]?.id ?? '')).toMatchObject({ type: 'stored', width: 30 });
});

test('keeps the text that came with a single picture', async () => {
  pictures = [png(20)];
  const { answer } = await run(job);
  expect(answer).toMatchObject({ parts: [], lost: 0, words: 'Number 1.' });
});

test.each([
  [10, 3, [4, 3, 3]],
  [0, 2, [0, 0]],
  [2, 3, [1, 1, 0]],
  [null, 2, [null, null]],
])('splits %s micro-dollars among %s pictures as %j', (cost, count, shares) => {
  expect(sharesOf(cost, count)).toEqual(shares);
});
