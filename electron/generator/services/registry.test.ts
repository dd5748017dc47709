// Every kind of service is registered, and requests that no service can serve are refused before anything is sent.
import { expect, onTestFinished, test } from 'vitest';
import { knownServices } from '../../../shared/domain/known-services';
import { type ServiceKind, serviceKindIds } from '../../../shared/domain/service-kinds';
import { unconfigured } from '../../../shared/generator/jobs';
import { json, startLoopback } from '../../../tests/servers/loopback';
import { wireOf } from './registry';
import { createServiceContext } from './test-context';

test.each(serviceKindIds.filter((kind) => kind !== 'painter'))('finds %s by name', (kind) => {
  expect(knownServices.some((known) => known.kind === kind)).toBe(true);
});

test('does not send a prompt without a picture to a model that changes pictures', async () => {
  let requests = 0;
  const server = await startLoopback(() => {
    requests += 1;
    return { body: json(500, {}) };
  });
  onTestFinished(() => server.close());
  const context = createServiceContext({ openai: { apiKey: 'key', baseUrl: server.origin } });
  const made = await wireOf('openai').makePicture(
    {
      ...{ kind: 'picture', jobId: 'a', requestId: 'a', provider: 'openai', prompt: 'a fox' },
      ...{ model: 'qwen-image-edit', params: { aspectRatio: '1:1', seed: 1 } },
    },
    context,
  );
  expect(made).toMatchObject({ ok: false, code: 'reference_needed', costMicroUsd: null });
  expect(requests).toBe(0);
});

const asked = serviceKindIds.filter((kind) => kind !== 'painter');

async function contextOf(kind: ServiceKind, answer: unknown, status = 200) {
  const server = await startLoopback(() => ({ body: json(status, answer) }));
  onTestFinished(() => server.close());
  const service = { ...unconfigured({ id: kind, kind, name: 'A' }), apiKey: 'key', baseUrl: server.origin };
  return { service, signal: new AbortController().signal };
}

test.each(asked)('mentions neither a prompt nor a charge in a refused check of %s', async (kind) => {
  const context = await contextOf(kind, { error: { message: 'Bad request' } }, 400);
  for (const refused of [await wireOf(kind).check?.(context), await wireOf(kind).listModels?.(context)]) {
    expect(refused).toMatchObject({
      ok: false,
      message: expect.not.stringMatching(/prompt|rephrase|message|picture|charge/i),
    });
  }
});

test('lists the files of ComfyUI, and none of other services', async () => {
  const node = { input: { required: { ckpt_name: [['a.safetensors'], {}] } } };
  const comfyui = await contextOf('comfyui', { CheckpointLoaderSimple: node });
  expect(await wireOf('comfyui').listFiles?.(comfyui, ['CheckpointLoaderSimple'])).toEqual({
    ok: true,
    files: { 'CheckpointLoaderSimple/ckpt_name': ['a.safetensors'] },
  });
  const openai = await contextOf('openai', {});
  expect(await wireOf('openai').listFiles?.(openai, ['A'])).toMatchObject({ code: 'nothing_to_list' });
});
