import { expect, test } from 'vitest';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { builtInService } from '../../../shared/domain/services';
import { type AskedMessage, priceOfRequest, priceText, sizeOfRequest } from './request-size';

const google = { serviceId: 'google', model: 'gemini-nano-banana-2.1' };
const openai = { serviceId: 'openai', model: 'gpt-image-1' };
const painter = { serviceId: 'painter', model: 'painter-1' };
useServiceDirectory([builtInService('google'), builtInService('openai'), builtInService('painter')]);

function size(changes: Partial<AskedMessage>) {
  return sizeOfRequest({
    ...{ text: 'a fox', mode: 'auto', canTalk: true, count: 1, models: [google] },
    lists: [{ name: 'animal', words: ['fox'] }],
    ...changes,
  });
}

test.each([
  [{}, 1, null],
  [{ count: 4 }, 4, null],
  [{ text: '{red|blue} fox in {snow|sand}' }, 4, '4 pictures: 2 × 2'],
  [{ text: '{red|blue} fox', count: 2 }, 4, '4 pictures, 2 of each'],
  [{ models: [google, painter] }, 2, '2 pictures, one from each model'],
  [{ models: [google, painter], count: 3 }, 6, '6 pictures, 3 from each model'],
  [{ text: '{red|blue} fox', models: [google, painter, openai] }, 6, '6 pictures: 2 × 3 models'],
  [{ text: '__animal__', count: 2 }, 2, '2 pictures'],
] as const)('%j requests %i pictures, described as “%s”', (changes, total, words) => {
  expect(
    size({ ...changes, models: [...(('models' in changes && changes.models) || [google])] }),
  ).toMatchObject({
    ...{ total, words, problem: null },
  });
});

test.each([
  [{ text: '{1|2|3|4|5} {1|2|3|4}' }, 20],
  [{ text: '{1|2|3|4|5}', count: 4 }, 20],
  [{ text: '{1|2|3|4|5|6}', models: [google, painter, openai] }, 18],
])('%j is refused before it is sent', (changes, total) => {
  expect(size(changes).problem).toContain(`This asks for ${total} pictures`);
});

test('refuses more combinations than can be counted', () => {
  expect(size({ text: '{a|b}'.repeat(2_000) }).problem).toContain('far too many pictures');
});

test('sixteen pictures are not refused', () => {
  expect(size({ text: '{1|2|3|4}', models: [google, painter], count: 2 })).toMatchObject({
    ...{ total: 16, problem: null },
  });
});

test.each(['why does `{a|b}` match?', 'if (a) { return b || c; }', 'const f = ({ a }) => a | b; {x|y}'])(
  '%j is code for a text model, and a pattern where every text is a prompt',
  (text) => {
    expect(size({ text })).toMatchObject({ isPattern: false, total: 1 });
    expect(size({ text: `{x|y} ${text}`, mode: 'picture' }).isPattern).toBe(true);
    expect(size({ text: `{x|y} ${text}`, canTalk: false }).isPattern).toBe(true);
  },
);

test('escaped braces are sent without their backslashes', () => {
  expect(size({ text: '\\{a|b\\}' })).toMatchObject({ isPattern: true, total: 1, words: null });
});

const shape = { aspectRatio: '1:1', optionsOf: () => ({}) } as const;

test('the price is that of all pictures of all models', () => {
  expect(priceOfRequest([google], 1, shape)).toEqual({ amount: 33_600, isUnknown: false });
  const one = priceOfRequest([openai], 1, shape).amount;
  expect(priceOfRequest([google, openai, painter], 3, shape).amount).toBe(3 * (33_600 + one));
});

test('options that a model does not support do not change its price', () => {
  const optionsOf = () => ({ quality: 'high' }) as const;
  const dearer = priceOfRequest([openai], 1, { ...shape, optionsOf }).amount;
  expect(dearer).toBeGreaterThan(priceOfRequest([openai], 1, shape).amount);
  expect(priceOfRequest([google], 1, { ...shape, optionsOf }).amount).toBe(33_600);
});

test('an unknown price is mentioned', () => {
  const unknown = { serviceId: 'openai', model: 'unheard-of' };
  expect(priceText(priceOfRequest([google, unknown], 2, shape))).toBe('at least $0.067');
  expect(priceText(priceOfRequest([unknown], 2, shape))).toBe('cost unknown');
  expect(priceText(priceOfRequest([painter], 2, shape))).toBe('free');
  expect(priceText(priceOfRequest([google], 2, shape))).toBe('about $0.067');
});
