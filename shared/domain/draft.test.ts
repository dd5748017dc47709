import { expect, test } from 'vitest';
import { type DraftChoices, draftChoicesSchema, isBlankDraft } from './draft';

const empty = {
  mode: 'auto',
  model: null,
  models: [],
  options: {},
  styles: [],
  aspectRatio: null,
  followsPicture: true,
  count: 1,
  seed: null,
  references: [],
};

test('keeps the choices', () => {
  const references = ['0198c7d2-0000-7000-8000-000000000001'];
  const model = { serviceId: 'openai-2', model: 'Ж\\ 光 + & "x"' };
  const options = { steps: 30, negativePrompt: 'blurry', quality: 'high' };
  const texts = { name: 'Ink', prompt: 'ink {{mood}}', negativePrompt: '' };
  const styles = [{ id: 'ink', ...texts, values: { mood: '光' }, isKept: true }];
  const models = [model, { serviceId: 'google', model: 'm' }];
  const chosen = {
    ...{ mode: 'picture', model, models, options, styles },
    ...{ aspectRatio: '16:9', followsPicture: false, count: 4, seed: 0, references },
  };
  expect(draftChoicesSchema.parse(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
});

test.each([
  [{}],
  [{ mode: 'film', aspectRatio: '7:5', followsPicture: 'no', count: 0, seed: -1, references: ['../x'] }],
  [{ model: { serviceId: 'automatic', model: 'x' }, options: { steps: -1 } }],
  [{ styles: [{ id: 'ink' }] }],
  [{ models: Array(5).fill({ serviceId: 'a', model: 'x' }) }],
  [{ mode: null, model: 'x', options: [], aspectRatio: 1, count: 1e9, seed: 'many', references: 'all' }],
])('replaces invalid values by those of an empty composer: %j', (kept) => {
  expect(draftChoicesSchema.parse(kept)).toEqual(empty);
});

const questionId = '0198c7d2-0000-7000-8000-000000000002';
const blank = { ...draftChoicesSchema.parse({}), text: ' ', questionId };

test('a draft without text, pictures and choices is blank', () => {
  expect(isBlankDraft(blank)).toBe(true);
});

test.each<Partial<DraftChoices & { text: string }>>([
  { text: 'a fox' },
  { references: [questionId] },
  { mode: 'picture' },
  { model: { serviceId: 'google', model: 'x' } },
  { options: { steps: 30 } },
  { aspectRatio: '16:9' },
  { count: 2 },
  { seed: 0 },
])('a draft with %j is not blank', (changes) => {
  expect(isBlankDraft({ ...blank, ...changes })).toBe(false);
});
