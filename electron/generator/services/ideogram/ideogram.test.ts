import { expect, onTestFinished, test } from 'vitest';
import type { PictureParams } from '../../../../shared/domain/models';
import { useServiceDirectory } from '../../../../shared/domain/service-directory';
import { type PictureJob, unconfigured } from '../../../../shared/generator/jobs';
import { sentence } from '../../../../shared/languages/sentence';
import { type Body, json } from '../../../../tests/servers/loopback';
import { ideogramProtocol } from '../../../../tests/servers/wire/ideogram';
import { fieldsOf } from '../../../../tests/servers/wire/schemas';
import { startWireServer, wireKey } from '../../../../tests/servers/wire/wire-server';
import { createHostedService } from '../hosted/hosted-service';
import { createServiceContext } from '../test-context';
import { ideogramProfile } from './ideogram';

const service = createHostedService(ideogramProfile, {
  timeoutMs: 60_000,
  retryDelayMs: () => 1,
  pollMs: 5,
});

useServiceDirectory([{ id: 'ideogram', kind: 'ideogram', name: 'A', address: null }]);

/** @param answers responses to the first valid requests, instead of a picture. */
async function make(params: Partial<PictureParams> = {}, answers: readonly Body[] = []) {
  const server = await startWireServer(ideogramProtocol);
  onTestFinished(server.close);
  for (const body of answers) server.failNext({ kind: 'body', body });
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: 'a', requestId: 'a', provider: 'ideogram', model: 'ideogram-v3' },
    ...{ prompt: 'a lighthouse', params: { aspectRatio: '16:9', seed: 4_000_000_000, ...params } },
  };
  const configured = {
    ...unconfigured({ id: 'ideogram', kind: 'ideogram' as const, name: 'A' }),
    ...{ apiKey: wireKey, baseUrl: server.baseUrl },
  };
  const made = await service.makePicture(job, { ...createServiceContext(), service: configured });
  expect(server.refusals).toEqual([]);
  return { made, sent: server.made.map(fieldsOf) };
}

const unsafe = { url: null, prompt: 'p', resolution: '1024x1024', is_image_safe: false, seed: 1 };

test('sends all fields of a picture as a form', async () => {
  const { sent } = await make({ negativePrompt: 'fog', quality: 'low' });
  expect(sent).toEqual([
    {
      prompt: 'a lighthouse',
      num_images: '1',
      aspect_ratio: '16x9',
      rendering_speed: 'TURBO',
      magic_prompt: 'OFF',
      seed: '1852516352',
      negative_prompt: 'fog',
    },
  ]);
});

test.each([
  ['low', 30_000],
  ['medium', 60_000],
  ['high', 90_000],
] as const)('a picture of %s quality costs what its speed costs', async (quality, costMicroUsd) => {
  expect((await make({ quality })).made).toMatchObject({ ok: true, costMicroUsd });
});

test('refuses a prompt that fails the safety check, without a charge or a retry', async () => {
  const answer = json(422, { error: 'Prompt or provided image failed the safety checks' });
  const { made, sent } = await make({}, [answer]);
  expect(made).toMatchObject({ ok: false, code: 'refused', costMicroUsd: null });
  expect(sent).toHaveLength(1);
});

test('withholds a picture that fails the safety check, which may have been charged', async () => {
  const { made } = await make({}, [json(200, { created: 'now', data: [unsafe] })]);
  expect(made).toMatchObject({ ok: false, code: 'picture_filtered', costMicroUsd: 60_000 });
});

test('reports an answer without a picture', async () => {
  const { made } = await make({}, [json(200, { created: 'now', data: [] })]);
  expect(made).toMatchObject({ ok: false, code: 'no_picture' });
});

test('omits a setting that is rejected by name from the next form, with a warning', async () => {
  const { made, sent } = await make({}, [json(400, { error: 'Invalid value for magic_prompt' })]);
  expect(made).toMatchObject({
    ok: true,
    warnings: [sentence('services.setting_refused', { name: 'magic_prompt' })],
  });
  expect(sent.map((fields) => 'magic_prompt' in fields)).toEqual([true, false]);
  expect(sent[1]).toMatchObject({ prompt: 'a lighthouse', rendering_speed: 'DEFAULT' });
});

test('warns about an unsupported resolution', async () => {
  expect((await make({ resolution: '2K' })).made).toMatchObject({
    ok: true,
    warnings: [sentence('services.about_1k', { service: 'Ideogram' })],
  });
});
