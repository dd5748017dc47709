import { expect, test } from 'vitest';
import { draftChoicesSchema } from './draft';

const empty = { mode: 'auto', aspectRatio: null, count: 1, seed: null, references: [] };

test('keeps the choices', () => {
  const references = ['0198c7d2-0000-7000-8000-000000000001'];
  const chosen = { mode: 'picture', aspectRatio: '16:9', count: 4, seed: 0, references };
  expect(draftChoicesSchema.parse(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
});

test.each([
  [{}],
  [{ mode: 'film', aspectRatio: '7:5', count: 0, seed: -1, references: ['../x'] }],
  [{ mode: null, aspectRatio: 1, count: 1e9, seed: 'many', references: 'all' }],
])('replaces invalid values by those of an empty composer: %j', (kept) => {
  expect(draftChoicesSchema.parse(kept)).toEqual(empty);
});
