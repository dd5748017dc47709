import { expect, onTestFinished, test } from 'vitest';
import { setLanguage } from '../languages/translate';
import { rememberModels } from './listed-models';
import { models } from './model-catalogue';
import {
  aspectRatiosOf,
  findModel,
  findModelOf,
  labelOfModel,
  nearestRatio,
  priceOf,
  resolutionsOf,
} from './model-lookup';
import { aspectRatios, pictureSizes } from './models';
import { allServices, serviceOf, useServiceDirectory } from './service-directory';
import { serviceKindIds, serviceKinds } from './service-kinds';
import { builtInServiceIds } from './services';

test.each(builtInServiceIds)('the default model of %s is one of its own', (id) => {
  expect(serviceOf(id).id).toBe(id);
  expect(findModel(serviceOf(id).defaultModel)?.kind).toBe(id);
});

test('local models are free, and all others have a price in whole micro-dollars', () => {
  const before = allServices();
  onTestFinished(() => useServiceDirectory(before));
  // One service of each kind, including those that the user has to add.
  useServiceDirectory(serviceKindIds.map((kind) => ({ id: kind, kind, name: kind, address: null })));
  for (const { id, kind, prices } of models.filter(({ makes }) => makes === 'pictures')) {
    for (const price of [priceOf(kind, id), ...Object.values(prices)]) {
      expect(price, `${id} of ${kind}`).toSatisfy(Number.isInteger);
      expect(price === 0, `${id} of ${kind} is free`).toBe(serviceKinds[kind].local);
    }
  }
});

test.each(aspectRatios)('the size for %s has that shape and at least a megapixel', (ratio) => {
  const [across, down] = ratio.split(':').map(Number);
  const { width, height } = pictureSizes[ratio];
  expect(width * (down ?? 0)).toBe(height * (across ?? 0));
  expect(width * height).toBeGreaterThanOrEqual(2 ** 20);
});

test('lists every aspect ratio, and does not find an unknown model', () => {
  expect(aspectRatios.toSorted()).toEqual(Object.keys(pictureSizes).toSorted());
  expect(findModel('constructor')).toBeUndefined();
});

test('the replacement of a model exists and is available', () => {
  for (const { life } of models) {
    if (life.state === 'available') continue;
    expect(findModel(life.replacement)?.life.state).toBe('available');
  }
});

test('a resolution that a model does not offer has the price of its smallest', () => {
  expect(priceOf('google', 'gemini-3-pro-image', { resolution: '4K' })).toBe(240_000);
  expect(priceOf('painter', 'painter-1', { resolution: '4K' })).toBe(0);
  expect(priceOf('google', 'of-another-version')).toBeNull();
});

test('an oblong picture has the oblong price', () => {
  expect(priceOf('openai', 'gpt-image-1', { aspectRatio: '1:1' })).toBe(42_000);
  expect(priceOf('openai', 'gpt-image-1', { aspectRatio: '16:9', resolution: '4K' })).toBe(63_000);
  expect(priceOf('google', 'gemini-nano-banana-2.1', { aspectRatio: '16:9' })).toBe(33_600);
});

test.each([
  ['painter', 'painter-1', '21:9', '21:9'],
  ['google', 'gemini-nano-banana-2.1', '3:2', '3:2'],
  ['google', 'gemini-nano-banana-2.1', '1:8', '1:8'],
  ['google', 'gemini-3-pro-image', '4:5', '4:5'],
  ['google', 'gemini-3-pro-image', '8:1', '21:9'],
  ['imagen', 'imagen-4.0-generate-001', '3:2', '4:3'],
  ['imagen', 'imagen-4.0-generate-001', '2:3', '3:4'],
  ['imagen', 'imagen-4.0-generate-001', '21:9', '16:9'],
  ['openai', 'gpt-image-1', '16:9', '3:2'],
  ['openai', 'gpt-image-1', '4:3', '3:2'],
  ['openai', 'gpt-image-1', '9:16', '2:3'],
  ['openai', 'of-another-version', '21:9', '21:9'],
  ['openai', 'of-another-version', '1:4', '9:16'],
] as const)('of %s, %s makes %s as %s', (service, model, wanted, made) => {
  expect(nearestRatio(service, model, wanted)).toBe(made);
  expect(aspectRatiosOf(service, model)).toContain(made);
});

test.each([
  ['google', 'gemini-nano-banana-2.1', '1K 2K 4K'],
  ['google', 'gemini-3.1-flash-lite-image', '1K'],
  ['google', 'gemini-of-next-year', '1K 2K 4K'],
  ['painter', 'painter-1', '1K'],
  ['automatic1111', 'somebodys-own [1234]', '1K'],
  ['openai', 'gpt-image-2', '1K 2K 4K'],
  ['openai', 'gpt-image-1', '1K'],
] as const)('of %s, %s makes %s', (provider, model, sizes) => {
  expect(resolutionsOf(provider, model).join(' ')).toBe(sizes);
});

test('the service’s own list decides which shapes are supported', () => {
  const model = { id: 'narrow', label: 'Narrow', makes: 'pictures', aspectRatios: ['1:8', '1:1'] } as const;
  rememberModels('openai', 'openrouter', [{ ...model, aspectRatios: [...model.aspectRatios] }]);
  expect(aspectRatiosOf('openai', 'narrow')).toEqual(['1:1', '1:8']);
  expect(nearestRatio('openai', 'narrow', '9:16')).toBe('1:1');
  rememberModels('openai', 'openrouter', []);
  expect(nearestRatio('openai', 'narrow', '9:16')).toBe('9:16');
});

test('only the painter’s model has a translated name', () => {
  setLanguage('de', { 'connect.offline_sketch': 'Offline-Skizze' });
  try {
    expect(labelOfModel('painter-1')).toBe('Offline-Skizze');
    expect(findModelOf('painter', 'painter-1')?.label).toBe('Offline-Skizze');
    expect(labelOfModel('gpt-image-2')).toBe('GPT Image 2');
  } finally {
    setLanguage('en', {});
  }
  expect(labelOfModel('painter-1')).toBe('Offline sketch');
});
