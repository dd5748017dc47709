import { expect, test } from 'vitest';
import { priceOf } from './model-lookup';
import { costOfTokens, hasKnownPrice } from './token-prices';

const autumn = Date.UTC(2026, 10, 22);
const million = { input: 1_000_000, output: 1_000_000, pictures: 0 };

test('a text model costs more from the new year on', () => {
  expect(costOfTokens('gemini-3.8-flash', million, autumn)).toBe(4_500_000);
  expect(costOfTokens('gemini-3.8-flash', million, Date.UTC(2027, 0, 1))).toBe(9_000_000);
});

test.each([
  ['1K', 1120],
  ['2K', 1680],
  ['4K', 2520],
] as const)('a picture of %s has the price that its tokens have', (resolution, pictures) => {
  const usage = { input: 0, output: 0, pictures };
  const id = 'gemini-nano-banana-2.1';
  expect(costOfTokens(id, usage, autumn)).toBe(priceOf('google', id, { resolution: resolution }));
});

test('fractions of a micro-dollar are rounded up', () => {
  expect(costOfTokens('gemini-3.5-flash-lite', { input: 1, output: 0, pictures: 0 }, autumn)).toBe(1);
});

test.each(['a-model-of-next-year', 'toString'])('the cost of %s is unknown', (id) => {
  expect(costOfTokens(id, million, autumn)).toBeNull();
});

test('a text model has no price for pictures', () => {
  expect(costOfTokens('gemini-3.8-flash', { input: 1, output: 1, pictures: 1 }, autumn)).toBeNull();
});

test.each([
  ['google', 'gemini-3.8-flash', true],
  ['google', 'gemini-3.7-flash', true],
  ['openai', 'gpt-5-mini', true],
  ['openai', 'gpt-image-1', true],
  ['openai', 'of-a-server-at-home', false],
  ['openai', 'gemini-3.8-flash', false],
  ['google', 'constructor', false],
  ['constructor', 'gemini-3.8-flash', false],
  ['automatic1111', 'any', true],
])('hasKnownPrice(%s, %s) is %s', (service, model, isKnown) => {
  expect(hasKnownPrice(service, model, Date.UTC(2026, 10, 22))).toBe(isKnown);
});
