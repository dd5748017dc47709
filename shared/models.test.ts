import { expect, test } from 'vitest';
import { aspectRatios, findModel, models, pictureSizes, providerIds, providers } from './models';

test.each(providerIds)('the default model of %s is one of its own', (id) => {
  expect(providers[id].id).toBe(id);
  expect(findModel(providers[id].defaultModel)?.provider).toBe(id);
});

test('what is local is free, and the rest has a price in whole micro-dollars', () => {
  for (const { provider, priceMicroUsd } of models) {
    expect(Number.isInteger(priceMicroUsd)).toBe(true);
    expect(priceMicroUsd === 0).toBe(providers[provider].local);
  }
});

test.each(aspectRatios)('the size for %s has that shape and at least a megapixel', (ratio) => {
  const [across, down] = ratio.split(':').map(Number);
  const { width, height } = pictureSizes[ratio];
  expect(width * (down ?? 0)).toBe(height * (across ?? 0));
  expect(width * height).toBeGreaterThanOrEqual(2 ** 20);
});

test('every shape can be chosen, and an unknown model is none', () => {
  expect(aspectRatios.toSorted()).toEqual(Object.keys(pictureSizes).toSorted());
  expect(findModel('constructor')).toBeUndefined();
});
