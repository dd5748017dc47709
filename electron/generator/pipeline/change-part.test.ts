// Changing a part of a picture, from the job to the stored file, also after a kill: nothing is lost or requested
// twice.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { maskFile } from '../../../shared/domain/edits';
import { arrivalFile, recipeFile } from '../../../shared/domain/picture-files';
import { recipeSchema } from '../../../shared/domain/recipe';
import type { PictureJob } from '../../../shared/generator/jobs';
import { startAutomatic1111Server } from '../../../tests/servers/automatic1111-server';
import { startGoogleServer } from '../../../tests/servers/google-server';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { halfMask } from '../../main/test-support/test-masks';
import { localCodec } from '../codec/local-codec';
import { configureServices, type TestConfiguration } from '../services/test-context';
import { answerJob, pictureContext } from './answer-job';
import { createRequests } from './requests';
import { filesIn, noise, origin, pictureId } from './test-pictures';
import { requestId } from './test-storing';

const [width, height] = [96, 64];
const edit = { mask: pictureId };
let dataFolder: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  mkdirSync(path.join(folder, 'masks'));
  writeFileSync(path.join(folder, 'a.png'), noise(width, height).toBuffer('image/png'));
  writeFileSync(path.join(folder, maskFile(pictureId)), halfMask(width, height));
});

function jobFor(provider: string, model: string): PictureJob {
  return {
    ...{ kind: 'picture', jobId: pictureId, requestId, provider, model, prompt: 'a green hat' },
    params: { ...origin.params, references: [pictureId], edit },
    references: [{ imageId: pictureId, file: 'a.png', prompt: 'a fox', signature: null }],
  };
}

function contextWith(configuration: TestConfiguration) {
  return {
    configuration: { dataFolder, services: configureServices(configuration), displayQuality: 90 },
    codec: localCodec,
    requests: createRequests(),
    signal: new AbortController().signal,
    send: () => {},
  };
}

async function pixelsOf(bytes: Uint8Array) {
  const image = await loadImage(Buffer.from(bytes));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const { data } = canvas.getContext('2d').getImageData(0, 0, image.width, image.height);
  return { size: [image.width, image.height], data };
}

test('stores a file that equals the original outside of the mask, where that is guaranteed', async () => {
  const red = createCanvas(width, height);
  red.getContext('2d').fillStyle = 'red';
  red.getContext('2d').fillRect(0, 0, width, height);
  const server = await startAutomatic1111Server({ picture: red.toBuffer('image/png') });
  onTestFinished(() => server.close());
  const context = contextWith({ automatic1111: { baseUrl: server.baseUrl } });
  const { outcome, deriveFiles } = await answerJob(jobFor('automatic1111', 'current'), context);
  if (outcome.type !== 'stored') throw new Error(outcome.type);
  expect(outcome).not.toHaveProperty('warnings');
  expect(server.works[0]).toHaveProperty('mask');
  const [stored, original] = [
    await pixelsOf(readFileSync(path.join(dataFolder, outcome.file))),
    await pixelsOf(noise(width, height).toBuffer('image/png')),
  ];
  expect(stored.size).toEqual([width, height]);
  for (let at = 0; at < original.data.length; at += 4) {
    const isChanged = (at / 4) % width < width / 2;
    const expected = isChanged ? [255, 0, 0, 255] : [...original.data.subarray(at, at + 4)];
    expect([...stored.data.subarray(at, at + 4)]).toEqual(expected);
  }
  await deriveFiles?.(90);
});

test('stores a billed change without a second request if it was killed after its bytes arrived', async () => {
  const server = await startGoogleServer();
  onTestFinished(server.close);
  const google = { google: { apiKey: 'test-key-0123456789', baseUrl: server.baseUrl } };
  const context = contextWith(google);
  const job = jobFor('google', origin.model);
  const { configuration, requests } = context;
  const request = requests.start(job, {
    ...{ dataFolder, jobId: pictureId, send: () => {}, context: pictureContext(configuration, localCodec) },
  });
  expect(await request.result).toMatchObject({ ok: true });
  expect(filesIn(dataFolder)).toContain(arrivalFile(requestId));
  // The process ends here, and the next one recovers the picture.
  const { outcome } = await answerJob({ ...job, kind: 'recover' }, contextWith(google));
  expect(outcome).toMatchObject({ type: 'stored', requestId });
  expect(server.requests).toHaveLength(1);
  const recipe = recipeSchema.parse(
    JSON.parse(readFileSync(path.join(dataFolder, recipeFile(pictureId)), 'utf8')),
  );
  // The recipe has the user's prompt, not the one that the model received.
  expect(recipe).toMatchObject({ prompt: 'a green hat', params: { edit, references: [pictureId] } });
  expect(filesIn(dataFolder)).toContain(maskFile(pictureId));
});

test('does not repeat a billed change that was killed before its bytes arrived', async () => {
  const server = await startGoogleServer();
  onTestFinished(server.close);
  const context = contextWith({ google: { apiKey: 'test-key-0123456789', baseUrl: server.baseUrl } });
  const { outcome } = await answerJob({ ...jobFor('google', origin.model), kind: 'recover' }, context);
  expect(outcome).toMatchObject({ type: 'failed', code: 'nothing_to_recover' });
  expect(server.requests).toEqual([]);
});
