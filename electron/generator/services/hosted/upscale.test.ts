// Enlarging a picture with a hosted service, against servers that follow the documented protocols.
import { expect, onTestFinished, test } from 'vitest';
import { useServiceDirectory } from '../../../../shared/domain/service-directory';
import { upscalersOf } from '../../../../shared/domain/upscalers';
import { type PictureJob, unconfigured } from '../../../../shared/generator/jobs';
import { falProtocol } from '../../../../tests/servers/wire/fal';
import { replicateProtocol } from '../../../../tests/servers/wire/replicate';
import { smallPicture, startWireServer, wireKey } from '../../../../tests/servers/wire/wire-server';
import { falProfile } from '../fal/fal';
import { replicateProfile } from '../replicate/replicate';
import { createServiceContext } from '../test-context';
import { createHostedService } from './hosted-service';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 1 };
const services = {
  fal: { service: createHostedService(falProfile, timing), protocol: falProtocol },
  replicate: { service: createHostedService(replicateProfile, timing), protocol: replicateProtocol },
};
type Kind = keyof typeof services;
const kinds: readonly Kind[] = ['fal', 'replicate'];

useServiceDirectory(kinds.map((kind) => ({ id: kind, kind, name: kind, address: null })));

const image = `data:image/png;base64,${Buffer.from(smallPicture).toString('base64')}`;

async function start(kind: Kind, model: string, signal?: AbortSignal) {
  const { service, protocol } = services[kind];
  const server = await startWireServer(protocol);
  onTestFinished(server.close);
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: 'a', requestId: 'a', provider: kind, model, prompt: 'a lighthouse' },
    params: { aspectRatio: '1:1', seed: 7, upscale: { factor: 4, width: 500, height: 250 } },
    references: [{ imageId: 'one', file: 'images/one.png', prompt: '', signature: null }],
  };
  const configured = {
    ...unconfigured({ id: kind, kind, name: kind }),
    ...{ apiKey: wireKey, baseUrl: server.baseUrl },
  };
  const context = {
    ...createServiceContext(undefined, signal, { one: smallPicture }),
    service: configured,
  };
  return { server, make: () => service.makePicture(job, context) };
}

test.each<[Kind, string, object, number | null]>([
  ['fal', 'fal-ai/seedvr/upscale/image', { upscale_factor: 4, output_format: 'png' }, 2000],
  ['fal', 'fal-ai/clarity-upscaler', { upscale_factor: 4, output_format: 'png' }, 60_000],
  ['fal', 'fal-ai/esrgan', { scale: 4, output_format: 'png' }, null],
])('%s: %s receives the picture and the factor, and nothing else', async (kind, model, fields, cost) => {
  const { server, make } = await start(kind, model);
  expect(await make()).toMatchObject({ ok: true, costMicroUsd: cost });
  expect(server.refusals).toEqual([]);
  expect(server.made.map(({ body }) => body)).toEqual([{ image_url: image, ...fields }]);
});

test('Replicate receives the picture and the factor for the named version', async () => {
  const [upscaler] = upscalersOf('replicate');
  const model = upscaler?.model ?? '';
  const { server, make } = await start('replicate', model);
  expect(await make()).toMatchObject({ ok: true, costMicroUsd: null });
  expect(server.refusals).toEqual([]);
  expect(server.made.map(({ body }) => body)).toEqual([
    { version: model.split(':')[1], input: { image, scale: 4, face_enhance: false } },
  ]);
});

test.each(kinds)('%s: a cancel ends the wait and the service’s job', async (kind) => {
  const user = new AbortController();
  const { server, make } = await start(kind, upscalersOf(kind)[0]?.model ?? '', user.signal);
  server.state.hold = true;
  const made = make();
  await expect.poll(() => server.made.length).toBe(1);
  user.abort();
  expect(await made).toMatchObject({ ok: false, code: 'cancelled_late' });
  await expect.poll(() => server.stops()).toBe(1);
});

test.each(kinds)('%s: explains a refusal, which is not charged', async (kind) => {
  const { server, make } = await start(kind, upscalersOf(kind)[0]?.model ?? '');
  const body = { detail: [{ type: 'value_error', loc: ['body'], msg: 'The image is too large.' }] };
  server.failNext({
    kind: 'body',
    body: { status: 422, contentType: 'application/json', bytes: Buffer.from(JSON.stringify(body)) },
  });
  expect(await make()).toMatchObject({ ok: false, code: 'request_rejected', costMicroUsd: null });
});
