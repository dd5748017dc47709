import { expect, test } from 'vitest';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { newService, type Service } from '../../../shared/domain/services';
import { listModels, type ModelList, type ModelSources, searchModels } from './model-entries';

const google = newService('google', 'google', 'Google');
const mine: Service = {
  ...newService('mine', 'openai-compatible', 'Mine'),
  address: 'http://127.0.0.1:8000/v1',
  pictureModel: 'sdxl',
};
const painter = newService('painter', 'painter', 'Offline painter');
const services = [google, mine, painter];
useServiceDirectory(services);

function list(changes: Partial<ModelSources> = {}): ModelList {
  return listModels({
    services,
    keyLackOf: ({ id }) => (id === 'google' ? 'missing' : null),
    isConnected: () => true,
    inUse: [],
    offered: {},
    uses: [],
    engineModels: [],
    ...changes,
  });
}

function idsOf({ groups }: ModelList, service: string, which: 'entries' | 'more' = 'entries'): string[] {
  return groups.find((group) => group.service.id === service)?.[which].map(({ model }) => model) ?? [];
}

const picture = (id: string) => ({ id, label: id, makes: 'pictures' as const });

test('usable services come before those that lack a key, in the user’s order', () => {
  expect(list().groups.map(({ service }) => service.id)).toEqual(['mine', 'painter', 'google']);
  expect(
    list()
      .groups.at(-1)
      ?.entries.every(({ keyLack }) => keyLack === 'missing'),
  ).toBe(true);
});

test('the engine has the installed models, with their sizes and times', () => {
  const engine = newService('engine', 'sd-server', 'This computer');
  const engineModels = [
    { id: 'small', label: 'Small', bytes: 2_000_000_000, estimatedMs: 9000 },
    { id: 'large', label: 'Large', bytes: 6_500_000_000, estimatedMs: null },
  ];
  const uses = [{ provider: 'engine', model: 'large', usualMs: 41_000 }];
  const all = list({ services: [painter, engine], engineModels, uses });
  expect(all.groups.find(({ service }) => service.id === 'engine')?.entries).toMatchObject([
    { model: 'small', label: 'Small', bytes: 2_000_000_000, usualMs: 9000, price: 0, isUnlisted: false },
    { model: 'large', bytes: 6_500_000_000, usualMs: 41_000 },
  ]);
  expect(list({ services: [painter, engine] }).groups.map(({ service }) => service.id)).toEqual(['painter']);
});

test('an unconnected service can be searched only if it needs a key', () => {
  const webUi = newService('automatic1111', 'automatic1111', 'Stable Diffusion web UI');
  const all = list({ services: [webUi, google, mine, painter], isConnected: ({ id }) => id === 'mine' });
  expect(all.groups.map(({ service }) => service.id)).toEqual(['mine', 'google']);
});

test('models that were shut down are listed only while in use', () => {
  const old = 'gemini-2.5-flash-image';
  const everything = (result: ModelList) => [...idsOf(result, 'google'), ...idsOf(result, 'google', 'more')];
  expect(everything(list())).not.toContain(old);
  expect(idsOf(list({ inUse: [{ serviceId: 'google', model: old }] }), 'google')).toContain(old);
  const kept = { ...google, pictureModel: old };
  expect(idsOf(list({ services: [kept] }), 'google')).toContain(old);
  expect(everything(list({ services: [kept], isConnected: () => false }))).not.toContain(old);
  // All models of Imagen were shut down.
  const imagen = newService('imagen', 'imagen', 'Imagen on Vertex AI');
  useServiceDirectory([...services, imagen]);
  const groups = (isConnected: boolean) =>
    list({ services: [imagen], keyLackOf: () => 'missing', isConnected: () => isConnected }).groups;
  expect(groups(false)).toEqual([]);
  expect(groups(true).flatMap(({ entries }) => entries.map(({ model }) => model))).toEqual([
    'imagen-4.0-generate-001',
  ]);
  useServiceDirectory(services);
});

test('a model has the catalogue’s name at every service, even with its maker in the id', () => {
  const offered = {
    mine: [picture('gpt-image-1'), picture('google/gemini-3-pro-image'), picture('other/x')],
  };
  const labels = list({ offered }).groups.flatMap(({ entries }) => entries.map(({ label }) => label));
  expect(labels).toEqual(expect.arrayContaining(['GPT Image 1', 'Gemini 3 Pro Image', 'other/x']));
});

test('a disabled service is not offered', () => {
  const all = [{ ...google, enabled: false }, painter];
  expect(list({ services: all }).groups.map(({ service }) => service.id)).toEqual(['painter']);
});

test('offers known, configured and listed models once each, and no text models', () => {
  const offered = {
    google: [
      picture('gemini-3-pro-image'),
      picture('gemini-new'),
      { id: 'words', label: 'W', makes: 'text' as const },
    ],
  };
  const ids = idsOf(list({ offered }), 'google');
  expect(ids).toEqual(expect.arrayContaining(['gemini-nano-banana-2.1', 'gemini-3-pro-image', 'gemini-new']));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).not.toContain('words');
  expect(idsOf(list(), 'mine')).toEqual(['sdxl']);
});

test('marks unlisted models, but only after the list was read', () => {
  const unlisted = (result: ModelList) =>
    result.groups
      .flatMap(({ entries }) => entries.filter(({ isUnlisted }) => isUnlisted))
      .map(({ model }) => model);
  expect(unlisted(list())).toEqual([]);
  // Without a list, no model counts as unlisted.
  expect(unlisted(list({ offered: { mine: [] } }))).toEqual([]);
  expect(unlisted(list({ offered: { mine: [picture('other')] } }))).toEqual(['sdxl']);
});

test('puts uncertain and marked models under More, except the one in use', () => {
  const offered = {
    mine: [
      picture('sdxl'),
      picture('flux'),
      { id: 'llama', label: 'llama', makes: null },
      { ...picture('old'), isMore: true },
    ],
  };
  const result = list({ offered });
  expect(idsOf(result, 'mine')).toEqual(['sdxl', 'flux']);
  expect(idsOf(result, 'mine', 'more')).toEqual(['llama', 'old']);
  const inUse = [{ serviceId: 'mine', model: 'old' }];
  expect(idsOf(list({ offered, inUse }), 'mine')).toEqual(['sdxl', 'old', 'flux']);
});

test('shows the first models of a long list, and the others under More', () => {
  const offered = { mine: Array.from({ length: 1000 }, (_, index) => picture(`m${index}`)) };
  const result = list({ offered });
  expect(idsOf(result, 'mine')).toHaveLength(20);
  expect(idsOf(result, 'mine')[0]).toBe('sdxl');
  expect(idsOf(result, 'mine', 'more')).toHaveLength(981);
});

test('offers all models of a list that does not say what they make', () => {
  const offered = {
    mine: [
      { id: 'sdxl', label: 'sdxl', makes: null },
      { id: 'b', label: 'b', makes: null },
    ],
  };
  expect(idsOf(list({ offered }), 'mine')).toEqual(['sdxl', 'b']);
});

test('has prices, times and the order of use', () => {
  const uses = [
    { provider: 'painter', model: 'painter-1', usualMs: 900 },
    { provider: 'google', model: 'gemini-3-pro-image', usualMs: 12_000 },
    { provider: 'mine', model: 'sdxl', usualMs: 4000 },
    { provider: 'gone', model: 'x', usualMs: 1 },
  ];
  const offered = { mine: [...'abcdefgh'].map(picture) };
  const result = list({ uses, offered });
  // Google lacks its key, so its model cannot be reused at once.
  expect(result.recent.map(({ model }) => model)).toEqual(['painter-1', 'sdxl']);
  expect(result.recent.map(({ price, usualMs }) => [price, usualMs])).toEqual([
    [0, 900],
    [0, 4000],
  ]);
  const entries = result.groups.flatMap((group) => group.entries);
  expect(entries.find(({ model }) => model === 'gemini-3-pro-image')).toMatchObject({
    price: 134_000,
    usualMs: 12_000,
  });
  // A single used model is not worth a section.
  expect(list({ uses: uses.slice(0, 1), offered }).recent).toEqual([]);
  // A short list needs no section.
  expect(list({ uses }).recent).toEqual([]);
});

test('a search includes models under More, best match first, and drops services without a match', () => {
  const more = { google: [{ ...picture('gemini-next'), isMore: true }] };
  const result = searchModels(list({ offered: more }), 'gemini next');
  expect(result.groups.map(({ service }) => service.id)).toEqual(['google']);
  expect(idsOf(result, 'google')[0]).toBe('gemini-next');
  expect(
    idsOf(
      searchModels(list({ offered: { mine: [picture('sdxl-turbo'), picture('sdxl')] } }), 'sdxl'),
      'mine',
    ),
  ).toEqual(['sdxl', 'sdxl-turbo']);
  expect(searchModels(list(), 'no such model').groups).toEqual([]);
});

test('a user’s own server that has not answered only has the chosen model', () => {
  const unchosen = { ...mine, pictureModel: null };
  expect(idsOf(list({ services: [unchosen] }), 'mine')).toEqual([]);
  expect(idsOf(list(), 'mine')).toEqual(['sdxl']);
  expect(idsOf(list({ services: [unchosen], offered: { mine: [picture('flux')] } }), 'mine')).toContain(
    'flux',
  );
});
