import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { maskFile } from '../../../shared/domain/edits';
import type { PictureJob } from '../../../shared/generator/jobs';
import { startAutomatic1111Server } from '../../../tests/servers/automatic1111-server';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { halfMask } from '../../main/test-support/test-masks';
import { localCodec } from '../codec/local-codec';
import { configureServices } from '../services/test-context';
import { answerJob } from './answer-job';
import { checkLinks, readReferences } from './read-references';
import { createRequests } from './requests';
import { origin, pictureId, sample, withJpegSegment } from './test-pictures';
import { requestId } from './test-storing';

const secret = 'at 52.51 N, 13.41 E';
const plain = sample(64, 64).toBuffer('image/jpeg');
const photo = withJpegSegment(plain, 0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${secret}`));

/** Requests a change of a photo. @returns the bytes that the server received. */
async function send(params: Partial<PictureJob['params']>, signature: string | null = null) {
  const { folder: dataFolder, remove } = temporaryFolder();
  onTestFinished(remove);
  writeFileSync(path.join(dataFolder, 'photo.jpg'), photo);
  mkdirSync(path.join(dataFolder, 'masks'));
  writeFileSync(path.join(dataFolder, maskFile(pictureId)), halfMask(64, 64));
  const server = await startAutomatic1111Server({ picture: sample(64, 64).toBuffer('image/png') });
  onTestFinished(() => server.close());
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: pictureId, requestId, prompt: origin.prompt },
    ...{ provider: 'automatic1111', model: 'current', params: { ...origin.params, ...params } },
    references: [{ imageId: pictureId, file: 'photo.jpg', prompt: '', signature }],
  };
  const services = configureServices({ automatic1111: { baseUrl: server.baseUrl } });
  const { outcome } = await answerJob(job, {
    configuration: { dataFolder, services, displayQuality: 90 },
    codec: localCodec,
    requests: createRequests(),
    signal: new AbortController().signal,
    send: () => {},
  });
  expect(outcome).toMatchObject({ type: 'stored' });
  const work = server.works[0];
  const [sent = ''] = Array.isArray(work?.['init_images']) ? work['init_images'] : [];
  return Buffer.from(String(sent), 'base64');
}

test('sends a photo without its location, and otherwise unchanged', async () => {
  expect(photo.includes(secret)).toBe(true);
  expect((await send({})).equals(plain)).toBe(true);
});

test('sends a photo whose part changes without its location, too', async () => {
  const sent = await send({ references: [pictureId], edit: { mask: pictureId } });
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.includes(secret)).toBe(false);
});

test('sends a model’s own picture back unchanged', async () => {
  expect((await send({}, 'a signature')).equals(photo)).toBe(true);
});

test('does not fail for a missing file', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const read = readReferences(folder);
  expect(await read({ imageId: pictureId, file: 'gone.jpg', prompt: '', signature: null })).toBeNull();
});

test('sends a linked file only while it is unchanged', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const own = path.join(folder, 'own.jpg');
  writeFileSync(own, plain);
  const link = { path: own, bytes: plain.length, modifiedAt: Math.round(statSync(own).mtimeMs) };
  const reference = { imageId: pictureId, file: own, link, prompt: '', signature: null };
  const read = readReferences(folder);
  expect(await checkLinks([reference])).toBeNull();
  expect(await read(reference)).not.toBeNull();
  utimesSync(own, 5, 5);
  expect(await read(reference)).toBeNull();
  const server = await startAutomatic1111Server();
  onTestFinished(() => server.close());
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: pictureId, requestId, prompt: origin.prompt, references: [reference] },
    ...{ provider: 'automatic1111', model: 'current', params: origin.params },
  };
  const services = configureServices({ automatic1111: { baseUrl: server.baseUrl } });
  const { outcome } = await answerJob(job, {
    configuration: { dataFolder: folder, services, displayQuality: 90 },
    codec: localCodec,
    requests: createRequests(),
    signal: new AbortController().signal,
    send: () => {},
  });
  expect(outcome).toMatchObject({ type: 'failed', code: 'linked_file_gone', costMicroUsd: null });
  expect(outcome).toMatchObject({ sentence: { id: 'services.reference_changed' } });
  expect(server.works).toEqual([]);
});
