import { expect, test } from 'vitest';
import { draftChoicesSchema } from './draft';

const empty = {
  mode: 'auto',
  model: null,
  options: {},
  aspectRatio: null,
  count: 1,
  seed: null,
  references: [],
};

test('keeps the choices', () => {
  const references = ['0198c7d2-0000-7000-8000-000000000001'];
  const model = { serviceId: 'openai-2', model: 'Ж\\ 光 + & "x"' };
  const options = { steps: 30, negativePrompt: 'blurry', quality: 'high' };
  const chosen = { mode: 'picture', model, options, aspectRatio: '16:9', count: 4, seed: 0, references };
  expect(draftChoicesSchema.parse(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
});

test.each([
  [{}],
  [{ mode: 'film', aspectRatio: '7:5', count: 0, seed: -1, references: ['../x'] }],
  [{ model: { serviceId: 'automatic', model: 'x' }, options: { steps: -1 } }],
  [{ mode: null, model: 'x', options: [], aspectRatio: 1, count: 1e9, seed: 'many', references: 'all' }],
])('replaces invalid values by those of an empty composer: %j', (kept) => {
  expect(draftChoicesSchema.parse(kept)).toEqual(empty);
});
