import { expect, test } from 'vitest';
import { scoreOf } from './match-models';

const nano = { label: 'Nano Banana 2.1', model: 'gemini-nano-banana-2.1', serviceName: 'Google' };
const flux = {
  label: 'black-forest-labs/FLUX.1-schnell',
  model: 'black-forest-labs/FLUX.1-schnell',
  serviceName: 'Together AI',
};
const gpt = { label: 'GPT Image 2', model: 'gpt-image-2', serviceName: 'OpenAI' };
const chinese = { label: '通义 万相', model: 'wan\\x & "y"', serviceName: 'Mine' };

test.each([
  [nano, 'nano'],
  [nano, 'ban nan'],
  [nano, 'google ban'],
  [nano, 'GEMINI'],
  [nano, '2.1'],
  [nano, 'nbanana'],
  [nano, '  nano  '],
  [nano, ''],
  [flux, 'flux'],
  [flux, 'together schnell'],
  [flux, 'forest'],
  [flux, 'fluxschnell'],
  [gpt, 'gptimage'],
  [gpt, 'ópenái'],
  [gpt, 'image2'],
  [chinese, '万相'],
  [chinese, 'wan'],
  [chinese, 'y"'],
])('%j is found by “%s”', (model, query) => {
  expect(scoreOf(model, query)).toBeGreaterThan(0);
});

test.each([
  [nano, 'flux'],
  [nano, 'nano openai'],
  [nano, 'zz'],
  [gpt, 'mage gpx'],
  [gpt, '3'],
  [chinese, '千'],
])('%j is not found by “%s”', (model, query) => {
  expect(scoreOf(model, query)).toBe(0);
});

test('ranks a whole name first, then the beginning of one, words, parts of words and single letters', () => {
  const best = ['gpt image 2', 'gpt im', 'image gpt', 'age', 'gtmg'].map((query) => scoreOf(gpt, query));
  expect(best).toEqual(best.toSorted((a, b) => b - a));
  expect(new Set(best).size).toBe(best.length);
});

test('ranks words of the model before words of its service, such as the numbers of an address', () => {
  const own = { label: 'GPT Image 1', model: 'gpt-image-1', serviceName: '127.0.0.1' };
  expect(scoreOf(own, 'image 1')).toBeGreaterThan(scoreOf({ ...gpt, serviceName: '127.0.0.1' }, 'image 1'));
});
