import { afterAll, expect, test } from 'vitest';
import { priceOf } from './model-lookup';
import { aspectRatios } from './models';
import {
  optionsOf,
  optionsOfAll,
  type PictureOptions,
  pictureOptionsSchema,
  supportedOptions,
  unsupportedOptions,
} from './picture-options';
import { useServiceDirectory } from './service-directory';
import { serviceKindIds, serviceKinds } from './service-kinds';
import { builtInService, builtInServiceIds } from './services';
import { shapeName } from './shape-names';

useServiceDirectory(
  serviceKindIds.map((kind) => ({ id: kind, kind, name: serviceKinds[kind].label, address: null })),
);
afterAll(() => useServiceDirectory(builtInServiceIds.map(builtInService)));

const all = {
  resolution: '2K',
  quality: 'high',
  thinking: 'minimal',
  background: 'transparent',
  negativePrompt: 'blurry',
  steps: 30,
  guidance: 0,
  sampler: 'Euler a',
  scheduler: 'Karras',
  strength: 0,
} as const;

test.each(serviceKindIds)('an option is either sent to %s or reported as not supported', (kind) => {
  const { defaultModel: model } = serviceKinds[kind];
  const taken = Object.keys(supportedOptions(kind, model, all));
  const left = unsupportedOptions(kind, model, all);
  expect([...taken, ...left].toSorted()).toEqual(Object.keys(all).toSorted());
  expect(taken.every((name) => optionsOf(kind, model).some((option) => option === name))).toBe(true);
});

test('zero is a value, but an empty text is not', () => {
  const options = { guidance: 0, strength: 0, negativePrompt: '', sampler: '' };
  expect(supportedOptions('comfyui', 'current', options)).toEqual({ guidance: 0, strength: 0 });
  expect(unsupportedOptions('openai', 'gpt-image-2', { negativePrompt: '' })).toEqual([]);
});

/** The models of a message, and those options that the settings add for the Stable Diffusion web UI alone. */
function madeWith(chosen: PictureOptions, settings: PictureOptions = {}) {
  const models = [
    ['google', 'gemini-2.5-flash-image'],
    ['openai', 'gpt-image-2'],
    ['comfyui', 'current'],
    ['automatic1111', 'current'],
  ] as const;
  return models.map(([service, model]) => ({
    ...{ service, model },
    options: supportedOptions(
      service,
      model,
      service === 'automatic1111' ? { ...settings, ...chosen } : chosen,
    ),
  }));
}

test('of a message to several models, every option is known from their pictures, whichever is first', () => {
  const chosen: PictureOptions = { quality: 'high', negativePrompt: 'blurry', steps: 30, guidance: 0 };
  expect(optionsOfAll(madeWith(chosen))).toEqual(chosen);
  expect(optionsOfAll(madeWith(chosen).toReversed())).toEqual(chosen);
  expect(optionsOfAll(madeWith({}))).toEqual({});
  // Steps of the settings are for one of them.
  expect(optionsOfAll(madeWith({ quality: 'high' }, { steps: 30 }))).toEqual({ quality: 'high' });
  expect(optionsOfAll(madeWith({ steps: 20 }, { steps: 30 }))).toEqual({ steps: 20 });
});

test('of a message to several models, the resolution is that of those that have it', () => {
  const models = ['gemini-2.5-flash-image', 'gemini-3-pro-image'];
  const made = models.map((model) => ({
    ...{ service: 'google', model, options: supportedOptions('google', model, { resolution: '4K' }) },
  }));
  expect(optionsOfAll(made)).toEqual({ resolution: '4K' });
});

test('a resolution that the model does not have is left out', () => {
  expect(supportedOptions('google', 'gemini-3-pro-image', { resolution: '4K' })).toEqual({
    resolution: '4K',
  });
  expect(supportedOptions('google', 'gemini-2.5-flash-image', { resolution: '4K' })).toEqual({});
  expect(supportedOptions('xai', 'grok-imagine-image', { resolution: '4K' })).toEqual({});
  expect(supportedOptions('xai', 'grok-imagine-image', { resolution: '2K' })).toEqual({ resolution: '2K' });
  expect(optionsOf('painter', 'painter-1')).toEqual([]);
});

test.each([
  [{ steps: 0 }],
  [{ steps: 1.5 }],
  [{ guidance: -1 }],
  [{ strength: 1.01 }],
  [{ quality: 'best' }],
  [{ thinking: 'low' }],
  [{ background: 'opaque' }],
])('refuses %j', (options) => {
  expect(pictureOptionsSchema.safeParse(options).success).toBe(false);
});

test('the price depends on the quality', () => {
  const at = (quality: 'low' | 'medium' | 'high') => priceOf('openai', 'gpt-image-2', { quality });
  expect(at('low')).toBeLessThan(at('medium') ?? 0);
  expect(at('high')).toBeGreaterThan(at('medium') ?? 0);
  expect(priceOf('openai', 'gpt-image-2')).toBe(at('medium'));
  expect(priceOf('google', 'gemini-3-pro-image', { quality: 'high' })).toBe(134_000);
});

test('each shape has a distinct name', () => {
  expect(shapeName('1:1')).toBe('Square');
  expect(shapeName('3:2')).toBe('Landscape 3:2');
  expect(shapeName('2:3')).toBe('Portrait 2:3');
  expect(shapeName('16:9')).toBe('Wide 16:9');
  expect(shapeName('9:16')).toBe('Tall 9:16');
  expect(new Set(aspectRatios.map(shapeName)).size).toBe(aspectRatios.length);
});
