import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { changeHereModel } from './edits';
import { rememberModels } from './listed-models';
import { labelOfModel, priceOf } from './model-lookup';
import { maxReferencesOf, needsReference } from './part-support';
import { useServiceDirectory } from './service-directory';
import { builtInService, builtInServiceIds } from './services';
import { isUpscaleTooLarge, upscalerOf, upscalersOf } from './upscalers';

beforeEach(() => {
  useServiceDirectory([
    { id: 'mine', kind: 'fal', name: 'Mine', address: null },
    { id: 'web', kind: 'automatic1111', name: 'Web', address: null },
    { id: 'google', kind: 'google', name: 'Google', address: null },
    builtInService('painter'),
  ]);
  onTestFinished(() => {
    useServiceDirectory(builtInServiceIds.map(builtInService));
    rememberModels('mine', 'fal', []);
    rememberModels('web', 'automatic1111', []);
  });
});

const upscale = { factor: 4, width: 500, height: 250 } as const;
const seedVr = 'fal-ai/seedvr/upscale/image';
const listed = { label: 'A', makes: 'pictures' } as const;

test('a service offers documented upscalers, a web UI listed ones, and others none', () => {
  expect(upscalersOf('mine').map(({ label }) => label)).toContain('SeedVR2');
  expect(upscalersOf('web')).toEqual([]);
  rememberModels('web', 'automatic1111', [
    { ...listed, id: 'sd.safetensors' },
    { ...listed, id: 'upscaler:ESRGAN' },
  ]);
  expect(upscalersOf('web').map(({ model, label }) => [model, label])).toEqual([
    ['upscaler:ESRGAN', 'ESRGAN'],
  ]);
  expect(upscalersOf('google')).toEqual([]);
  expect(upscalerOf('google', seedVr)).toBeUndefined();
  expect(upscalerOf('web', 'sd.safetensors')).toBeUndefined();
  expect(labelOfModel('upscaler:ESRGAN')).toBe('ESRGAN');
  expect(labelOfModel(seedVr)).toBe('SeedVR2');
});

test('the price follows from the size of the result, and from the service’s list if it has one', () => {
  // 2000 × 1000 pixels at $0.001 a megapixel.
  expect(priceOf('mine', seedVr, { upscale })).toBe(2000);
  expect(priceOf('mine', 'fal-ai/esrgan', { upscale })).toBeNull();
  expect(priceOf('web', 'upscaler:ESRGAN', { upscale })).toBe(0);
  rememberModels('mine', 'fal', [
    { ...listed, id: seedVr, prices: { '1K': 3000, '2K': 12_000, '4K': 48_000 } },
    { ...listed, id: 'fal-ai/esrgan', prices: { '1K': 40_000 } },
  ]);
  expect(priceOf('mine', seedVr, { upscale })).toBe(6000);
  // The price is per picture, whatever its size.
  expect(priceOf('mine', 'fal-ai/esrgan', { upscale })).toBe(40_000);
});

test('local edits are free, and their model does not make pictures', () => {
  expect(upscalersOf('painter')).toEqual([]);
  expect(labelOfModel(changeHereModel)).toBe('Changed on this computer');
  expect(priceOf('painter', changeHereModel)).toBe(0);
  expect(maxReferencesOf('painter', changeHereModel)).toBe(1);
  expect(needsReference('painter', changeHereModel)).toBe(true);
  expect(maxReferencesOf('painter', 'painter-1')).toBe(0);
});

test.each([
  [{ factor: 2, width: 5000, height: 5000 }, false],
  [{ factor: 4, width: 2501, height: 2500 }, true],
  [{ factor: 4, width: 4097, height: 100 }, true],
] as const)('%j is too large: %s', (wanted, isTooLarge) => {
  expect(isUpscaleTooLarge(wanted)).toBe(isTooLarge);
});
