// Services' lists of models, as strict servers of their documentation send them: pages, limits, prices, ends.
import { expect, onTestFinished, test } from 'vitest';
import { alibabaProfile } from '../../electron/generator/services/alibaba/alibaba';
import { falProfile } from '../../electron/generator/services/fal/fal';
import { fireworksProfile } from '../../electron/generator/services/fireworks/fireworks';
import { createHostedService } from '../../electron/generator/services/hosted/hosted-service';
import type { HostedProfile } from '../../electron/generator/services/hosted/profile';
import { volcengineProfile } from '../../electron/generator/services/volcengine/volcengine';
import {
  allLists,
  isUnlisted,
  listedModel,
  rememberModels,
  useLists,
} from '../../shared/domain/listed-models';
import { highestPriceOf, priceOf } from '../../shared/domain/model-lookup';
import { maxReferencesOf } from '../../shared/domain/part-support';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { type ServiceKind, serviceKinds } from '../../shared/domain/service-kinds';
import { hasKnownPrice } from '../../shared/domain/token-prices';
import { unconfigured } from '../../shared/generator/jobs';
import { json } from '../servers/loopback';
import { alibabaProtocol } from '../servers/wire/alibaba';
import { smallPicture, startWireServer, wireKey } from '../servers/wire/wire-server';
import { listFrom, readList } from './read-list';
import { subjects } from './subjects';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 1 };

useServiceDirectory(
  subjects.map(({ kind }) => ({ id: kind, kind, name: serviceKinds[kind].label, address: null })),
);

async function listOf(kind: ServiceKind) {
  const subject = subjects.find((known) => known.kind === kind);
  const list = subject && (await readList(subject));
  if (!list) throw new Error('There is no list.');
  return list;
}

test('fal lists both kinds of models by pages, with prices by picture or by megapixel', async () => {
  const { models, requests } = await listOf('fal');
  expect(models).toEqual([
    {
      ...{ id: 'fal-ai/flux/schnell', label: 'FLUX.1 [schnell] (fal-ai/flux/schnell)', makes: 'pictures' },
      ...{ references: 0, prices: { '1K': 3000, '2K': 12_000, '4K': 48_000 } },
    },
    {
      ...{ id: 'fal-ai/nano-banana-2', label: 'Nano Banana 2 (fal-ai/nano-banana-2)', makes: 'pictures' },
      ...{ references: 0, prices: { '1K': 80_000 } },
    },
    {
      ...{ id: 'fal-ai/nano-banana-2/edit', label: 'Nano Banana 2 (fal-ai/nano-banana-2/edit)' },
      ...{ makes: 'pictures', needsReference: true },
    },
  ]);
  // Two pages of one category, one of the other, and the prices of all at once.
  expect(requests).toBe(4);
});

test('Fireworks lists what makes pictures and runs without a deployment, with its last day', async () => {
  const { models, requests } = await listOf('fireworks');
  expect(models).toEqual([
    {
      ...{
        id: 'accounts/fireworks/models/flux-1-schnell-fp8',
        label: 'FLUX-1-SCHNELL-FP8',
        makes: 'pictures',
      },
      shutsDownOn: '2999-02-03',
    },
    { id: 'accounts/fireworks/models/flux-kontext-pro', label: 'FLUX-KONTEXT-PRO', makes: 'pictures' },
  ]);
  expect(requests).toBe(2);
});

test('ModelArk lists what makes pictures and is not shut down', async () => {
  const { models } = await listOf('volcengine');
  expect(models).toEqual([
    { id: 'seedream-4-5-251128', label: 'seedream-4-5-251128', makes: 'pictures' },
    { id: 'seedream-3-0-t2i-250415', label: 'seedream-3-0-t2i-250415', makes: 'pictures', references: 0 },
  ]);
});

test('Alibaba lists what makes pictures, with its price', async () => {
  const { models, requests } = await listOf('alibaba');
  expect(models.map(({ id, prices }) => [id, prices])).toEqual([
    ['qwen-image-plus', { '1K': 30_000 }],
    ['qwen-image-max', { '1K': 75_000 }],
    ['qwen-image-edit-plus', { '1K': 30_000 }],
  ]);
  expect(requests).toBe(1);
});

test('a list of Alibaba is read to its last page', async () => {
  const total = 250;
  const { listed, paths } = await listFrom(createHostedService(alibabaProfile, timing), 'alibaba', (path) => {
    const page = Number(new URL(path, 'http://a').searchParams.get('page_no'));
    const count = Math.min(100, total - (page - 1) * 100);
    const models = Array.from({ length: count }, (_, index) => ({ model: `модель “${page}”/${index}` }));
    return json(200, { output: { total, models } });
  });
  expect(listed?.ok && listed.models).toHaveLength(total);
  expect(paths).toHaveLength(3);
});

test('a list without end is not read for ever', async () => {
  const { listed, paths } = await listFrom(createHostedService(fireworksProfile, timing), 'fireworks', () =>
    json(200, { models: [{ name: 'a', kind: 'FLUMINA_BASE_MODEL' }], nextPageToken: 'again' }),
  );
  expect(listed?.ok).toBe(true);
  expect(paths).toHaveLength(20);
});

test('prices that cannot be read leave fal’s list without them', async () => {
  const { listed } = await listFrom(createHostedService(falProfile, timing), 'fal', (path) =>
    path.includes('pricing')
      ? json(404, { error: { message: 'Endpoint id not found' } })
      : json(200, { models: [{ endpoint_id: 'fal-ai/flux/dev' }], has_more: false, next_cursor: null }),
  );
  expect(listed).toMatchObject({ ok: true, models: [{ id: 'fal-ai/flux/dev' }] });
  // It is in both categories, so it takes references and needs none.
  expect(listed).toMatchObject({ models: [{ needsReference: false }] });
  expect(JSON.stringify(listed)).not.toContain('references');
  expect(JSON.stringify(listed)).not.toContain('prices');
});

test.each([
  ['fal', falProfile, { models: [{ endpoint_id: 'a', metadata: { display_name: 7, status: [] } }] }],
  [
    'fireworks',
    fireworksProfile,
    { models: [{ name: 'a', kind: 'FLUMINA_ADDON', deprecationDate: 'soon' }] },
  ],
  ['volcengine', volcengineProfile, { data: [{ id: 'seedream-9', status: 7, domain: {}, task_type: 'x' }] }],
  [
    'alibaba',
    alibabaProfile,
    { output: { total: 'many', models: [{ model: 'a', prices: [{ prices: [7] }] }] } },
  ],
] as const)('%s may say of a model what it likes: it is listed', async (kind, profile, answer) => {
  const { listed } = await listFrom(createHostedService(profile, timing), kind, () => json(200, answer));
  expect(listed).toMatchObject({ ok: true, models: [{ makes: 'pictures' }] });
});

test.each([
  ['fal', falProfile],
  ['fireworks', fireworksProfile],
  ['volcengine', volcengineProfile],
  ['alibaba', alibabaProfile],
] as const)('%s says why its list cannot be read', async (kind, profile) => {
  const refused = await listFrom(createHostedService(profile, timing), kind, () =>
    json(401, { detail: 'Unauthorized', message: 'Unauthorized' }),
  );
  expect(refused.listed).toMatchObject({ ok: false, code: 'key_rejected' });
  const other = await listFrom(createHostedService(profile, timing), kind, () =>
    json(200, { surprise: true }),
  );
  expect(other.listed).toMatchObject({ ok: false, code: 'bad_answer' });
});

test('lists go to the service’s own servers', () => {
  const addressOf = ({ models }: HostedProfile, address: string) =>
    models && 'address' in models ? models.address?.(address) : undefined;
  expect(addressOf(falProfile, 'https://queue.fal.run')).toBe('https://api.fal.ai/v1');
  expect(addressOf(falProfile, 'https://example.com/fal')).toBe('https://example.com/fal/v1');
  expect(addressOf(fireworksProfile, 'https://api.fireworks.ai/inference/v1')).toBe(
    'https://api.fireworks.ai/v1',
  );
});

test('a listed price counts for the estimate, the cap and what is known', async () => {
  const { models } = await listOf('fal');
  expect(priceOf('fal', 'fal-ai/flux/schnell')).toBeNull();
  rememberModels('fal', 'fal', models);
  onTestFinished(() => rememberModels('fal', 'fal', []));
  expect(priceOf('fal', 'fal-ai/flux/schnell', { resolution: '4K' })).toBe(48_000);
  expect(priceOf('fal', 'fal-ai/nano-banana-2', { resolution: '4K' })).toBe(80_000);
  expect(priceOf('fal', 'fal-ai/nano-banana-2/edit')).toBeNull();
  expect(highestPriceOf('fal')).toBe(80_000);
  expect(hasKnownPrice('fal', 'fal-ai/nano-banana-2', 0)).toBe(true);
  expect(hasKnownPrice('fal', 'fal-ai/nano-banana-2/edit', 0)).toBe(false);
  expect(maxReferencesOf('fal', 'fal-ai/nano-banana-2')).toBe(0);
  expect(maxReferencesOf('fal', 'fal-ai/nano-banana-2/edit')).toBe(8);
  // Its list is a selection, so a model that it lacks may work.
  expect(isUnlisted('fal', 'fal-ai/other')).toBe(false);
});

test('another process knows the same lists, and no others', async () => {
  const { models } = await listOf('alibaba');
  rememberModels('alibaba', 'alibaba', models);
  const sent = structuredClone(allLists());
  useLists([]);
  expect(listedModel('alibaba', 'qwen-image-max')).toBeUndefined();
  useLists(sent);
  onTestFinished(() => useLists([]));
  expect(listedModel('alibaba', 'qwen-image-max')).toMatchObject({ prices: { '1K': 75_000 } });
  expect(isUnlisted('alibaba', 'gone')).toBe(true);
});

test('prices in yuan are not taken for dollars', async () => {
  const models = alibabaProfile.models;
  if (!models || !('list' in models)) throw new Error('There is no list.');
  const output = {
    total: 1,
    models: [
      { model: 'm', prices: [{ prices: [{ type: 'image_number', price: '0.2', price_unit: 'Per image' }] }] },
    ],
  };
  const read = (address: string) =>
    models.list({ read: async () => ({ output }), readWithRetries: async () => ({}) }, address);
  expect(await read('https://dashscope.aliyuncs.com/api/v1')).toEqual([
    { id: 'm', label: 'm', makes: 'pictures' },
  ]);
  expect(await read('https://w.cn-beijing.maas.aliyuncs.com/api/v1')).toEqual([
    { id: 'm', label: 'm', makes: 'pictures' },
  ]);
  expect(await read('https://dashscope-intl.aliyuncs.com/api/v1')).toMatchObject([
    { prices: { '1K': 200_000 } },
  ]);
});

test('a listed model of Alibaba that has no tasks is asked for its picture at once, and costs its price', async () => {
  const server = await startWireServer(alibabaProtocol);
  onTestFinished(() => server.close());
  const { models } = await listOf('alibaba');
  rememberModels('alibaba', 'alibaba', models);
  onTestFinished(() => rememberModels('alibaba', 'alibaba', []));
  const made = await createHostedService(alibabaProfile, timing).makePicture(
    {
      ...{ kind: 'picture', jobId: 'a', requestId: 'a', provider: 'alibaba', prompt: 'a lighthouse' },
      ...{ model: 'qwen-image-max', params: { aspectRatio: '16:9', seed: 7 } },
    },
    {
      service: {
        ...unconfigured({ id: 'alibaba', kind: 'alibaba', name: 'A' }),
        ...{ apiKey: wireKey, baseUrl: server.baseUrl },
      },
      signal: new AbortController().signal,
      readReference: async () => smallPicture,
      prepareEdit: async () => null,
      paint: async () => null,
      changeHere: () => Promise.reject(new Error('Nothing is changed here.')),
      onProgress: () => {},
    },
  );
  expect(made).toMatchObject({ ok: true, costMicroUsd: 75_000 });
  expect(server.refusals).toEqual([]);
  expect(server.made[0]?.body).toMatchObject({ parameters: { size: '1664*928' } });
});
