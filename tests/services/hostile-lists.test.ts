// Lists whose entries lack fields or have other types, and long lists: what can be read is offered, under its exact name.
import { describe, expect, test } from 'vitest';
import type { OfferedModel } from '../../shared/domain/models';
import { offeredModelSchema } from '../../shared/domain/models';
import { json } from '../servers/loopback';
import { listFrom } from './read-list';
import { type Subject, subjects } from './subjects';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 1 };

/** Names of models in other scripts, with quotes and with characters that addresses and patterns take for others. */
const names = [
  'модель “с кавычками”',
  "画像モデル'1'",
  'a\\b\\c.safetensors',
  'x + y & z = 100 %',
  '.*(?:[a-z]+)$',
  'نموذج-الصور',
  '<b>model</b>',
  'a/b?c=d#e',
];

const wrong = [7, null, 'a text', [], {}, true];

type Form = {
  entry: (name: string) => object;
  wrong: readonly unknown[];
  answer: (list: readonly unknown[]) => unknown;
};

const data = (list: readonly unknown[]) => ({ object: 'list', data: list });
const ofOpenai: Form = {
  entry: (id) => ({ id, shutdown_date: 7, object: [] }),
  wrong: [...wrong, { id: 7 }, { id: '' }],
  answer: data,
};
const openrouter: Form = {
  entry: (id) => ({
    id,
    name: 7,
    supported_parameters: { resolution: { values: [1, {}], max: 'x' }, seed: 1 },
  }),
  wrong: [...wrong, { id: [] }, { name: 'No id' }],
  answer: data,
};

const forms: Partial<Record<Subject['kind'], Form>> = {
  openai: ofOpenai,
  'openai-compatible': ofOpenai,
  azure: ofOpenai,
  deepinfra: ofOpenai,
  ollama: ofOpenai,
  openrouter,
  siliconflow: openrouter,
  xai: {
    entry: (id) => ({ id, aliases: [7, null] }),
    wrong: [...wrong, { aliases: ['b'] }],
    answer: (models) => ({ models }),
  },
  fal: {
    entry: (id) => ({ endpoint_id: id, metadata: { display_name: {}, status: 7 } }),
    wrong: [...wrong, { endpoint_id: 7 }],
    answer: (models) => ({ models, has_more: 'perhaps', next_cursor: 7 }),
  },
  replicate: {
    entry: (name) => ({ owner: 'a', name }),
    wrong: [...wrong, { owner: 'a' }, { owner: 7, name: 'b' }],
    answer: (models) => ({ models }),
  },
  together: {
    entry: (id) => ({ id, type: 'image', display_name: 7 }),
    wrong: [...wrong, { id: 7, type: 'image' }, { id: 'no type', type: 7 }],
    answer: (list) => list,
  },
  fireworks: {
    entry: (name) => ({
      name,
      kind: 'FLUMINA_BASE_MODEL',
      displayName: 7,
      deprecationDate: { year: '2027' },
    }),
    wrong: [...wrong, { kind: 'FLUMINA_BASE_MODEL' }],
    answer: (models) => ({ models, nextPageToken: 7 }),
  },
  volcengine: {
    entry: (id) => ({ id, domain: 'ImageGeneration', task_type: ['TextToImage', 7] }),
    wrong: [...wrong, { domain: 'ImageGeneration' }],
    answer: data,
  },
  alibaba: {
    entry: (model) => ({
      model,
      name: 7,
      prices: [{ prices: [{ type: 'image', price: 'free', price_unit: 7 }] }, 7],
    }),
    wrong: [...wrong, { model: 7 }],
    answer: (models) => ({ output: { total: 'many', models } }),
  },
  automatic1111: {
    entry: (name) => ({ title: name, model_name: name }),
    wrong: [...wrong, { title: 'a' }],
    answer: (list) => list,
  },
  comfyui: {
    // Names alone, so that there is nothing to lack.
    entry: (name) => Object(name),
    wrong: [7, null, [], {}],
    answer: (list) => ({
      CheckpointLoaderSimple: { input: { required: { ckpt_name: [list.map(plain), {}] } } },
    }),
  },
};

function plain(value: unknown): unknown {
  return value instanceof String ? value.toString() : value;
}

const asked = subjects.flatMap((subject) => {
  const form = forms[subject.kind];
  return form ? [{ ...subject, form }] : [];
});

async function offeredBy({ kind, create, form }: (typeof asked)[number], list: readonly unknown[]) {
  const { listed } = await listFrom(create(timing), kind, (path) =>
    path.includes('/models/pricing')
      ? json(200, { prices: [{ endpoint_id: names[0], unit_price: 'a cent', unit: 7 }, 7] })
      : json(200, form.answer(list)),
  );
  return listed;
}

/** Returns the names as the service's list has them: Replicate's have their owner before them. */
function namesIn(models: readonly OfferedModel[], kind: string): string[] {
  const own = models.map(({ id }) => id).filter((id) => id !== 'current');
  return kind === 'replicate' ? own.map((id) => id.slice('a/'.length)) : own;
}

describe.each(asked)('$kind', (subject) => {
  test('offers what can be read of a list with entries that cannot, under exact names', async () => {
    const { entry, wrong: bad } = subject.form;
    const list = names.flatMap((name, index) => [bad[index % bad.length], entry(name)]);
    const listed = await offeredBy(subject, [...list, ...bad]);
    if (!listed?.ok) throw new Error(JSON.stringify(listed));
    expect(namesIn(listed.models, subject.kind).toSorted()).toEqual(names.toSorted());
    // Other processes validate what they receive.
    for (const model of listed.models) expect(offeredModelSchema.safeParse(model).error).toBeUndefined();
  });

  test('says that a list without any entry that can be read is no list of models', async () => {
    expect(await offeredBy(subject, subject.form.wrong.slice(0, 2))).toMatchObject({
      ok: false,
      code: 'bad_answer',
    });
  });

  test('offers three thousand models', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `модель “${index}”`);
    const listed = await offeredBy(subject, many.map(subject.form.entry));
    expect(listed?.ok && namesIn(listed.models, subject.kind)).toEqual(many);
  });
});
