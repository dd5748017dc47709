// FLUX 3 at Black Forest Labs, which refuses every field that it does not know.
import { expect, onTestFinished, test } from 'vitest';
import { blackForestLabsProfile } from '../../electron/generator/services/black-forest-labs/black-forest-labs';
import { createHostedService } from '../../electron/generator/services/hosted/hosted-service';
import { aspectRatiosOf, priceOf, resolutionsOf } from '../../shared/domain/model-lookup';
import type { PictureParams } from '../../shared/domain/models';
import { maxReferencesOf } from '../../shared/domain/part-support';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { type PictureJob, unconfigured } from '../../shared/generator/jobs';
import { sentence } from '../../shared/languages/sentence';
import { json, startLoopback } from '../servers/loopback';
import { blackForestLabsProtocol } from '../servers/wire/black-forest-labs';
import { smallPicture, startWireServer, wireKey } from '../servers/wire/wire-server';

const kind = 'black-forest-labs';
const model = 'flux-3-image';
const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 1 };
const id = '01234567-89ab-7def-8123-456789abcdef';

useServiceDirectory([{ id: kind, kind, name: 'Black Forest Labs', address: null }]);

function make(baseUrl: string, params: PictureParams, references = 0) {
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: id, requestId: id, provider: kind, prompt: 'a lighthouse', model, params },
    references: Array.from({ length: references }, () => ({
      ...{ imageId: id, file: 'a.png', prompt: '', signature: null },
    })),
  };
  return createHostedService(blackForestLabsProfile, timing).makePicture(job, {
    service: { ...unconfigured({ id: kind, kind, name: 'A' }), apiKey: wireKey, baseUrl },
    signal: new AbortController().signal,
    readReference: async () => smallPicture,
    prepareEdit: async () => null,
    paint: async () => null,
    changeHere: () => Promise.reject(new Error('Nothing is changed here.')),
    onProgress: () => {},
  });
}

test('it is asked by ratio and resolution, with references in one list, and says that it does not support seeds', async () => {
  const server = await startWireServer(blackForestLabsProtocol);
  onTestFinished(() => server.close());
  const made = await make(
    server.baseUrl,
    { aspectRatio: '4:5', resolution: '4K', seed: 7, seedChosen: true },
    10,
  );
  expect(server.refusals).toEqual([]);
  const warnings = [sentence('services.no_seed', { service: 'FLUX 3' })];
  expect(made).toMatchObject({ ok: true, costMicroUsd: 40_000, warnings });
  const base64 = Buffer.from(smallPicture).toString('base64');
  expect(server.made.map(({ body }) => body)).toEqual([
    {
      ...{ prompt: 'a lighthouse', aspect_ratio: '4:5', resolution: '4k' },
      images: Array.from({ length: 10 }, () => base64),
    },
  ]);
  expect(await make(server.baseUrl, { aspectRatio: '1:8', seed: 7 })).not.toHaveProperty('warnings');
  expect(server.made[1]?.body).toEqual({ prompt: 'a lighthouse', aspect_ratio: '9:21', resolution: '1k' });
});

test('a task that ended with an error status is told apart from one that was lost', async () => {
  let state: object = { id: 'job-1', status: 'Content Moderated' };
  const polled = await startLoopback(({ method }) => {
    if (method === 'POST') return { body: json(200, { polling_url: `${polled.origin}/v1/get_result?id=1` }) };
    return { body: json(503, state) };
  });
  onTestFinished(() => polled.close());
  const params: PictureParams = { aspectRatio: '1:1', seed: 7 };
  expect(await make(`${polled.origin}/v1`, params)).toMatchObject({ code: 'refused', costMicroUsd: null });
  state = { id: 'job-1', status: 'Error', result: 7 };
  expect(await make(`${polled.origin}/v1`, params)).toMatchObject({
    ...{ code: 'provider_unavailable', costMicroUsd: null },
  });
  state = { detail: 'Overloaded' };
  expect(await make(`${polled.origin}/v1`, params)).toMatchObject({
    ...{ code: 'connection_lost', costMicroUsd: 48_000 },
  });
});

test('its list has its limits and its prices', () => {
  expect(resolutionsOf(kind, model)).toEqual(['1K', '2K', '4K']);
  expect(aspectRatiosOf(kind, model)).toContain('4:5');
  expect(maxReferencesOf(kind, model)).toBe(10);
  expect(priceOf(kind, model, { resolution: '2K' })).toBe(100_000);
  // The one before makes pictures of about 1K, so nothing else is offered.
  expect(resolutionsOf(kind, 'flux-pro-1.1')).toEqual(['1K']);
});
