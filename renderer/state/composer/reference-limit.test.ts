import { expect, test, vi } from 'vitest';
import { rememberModels } from '../../../shared/domain/listed-models';
import { describeUse, limitNote } from './reference-limit';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() => Object.assign(globalThis, { window: new EventTarget(), location: { hash: '' } }));

test.each([
  [0, 14, 'To edit'],
  [1, 14, 'Reference 2'],
  [1, 1, 'Left out'],
  [14, 14, 'Left out'],
  // A model that takes no pictures: the message is refused, and nothing is left out.
  [0, 0, 'To edit'],
  [2, Number.POSITIVE_INFINITY, 'Reference 3'],
])('picture %i of a model that takes %f is called %j', (index, limit, word) => {
  expect(describeUse(index, limit)).toBe(word);
});

test('reports pictures that a model does not take', () => {
  expect(limitNote(1, 'painter', 'painter-1')).toBe(
    'Offline painter does not accept reference pictures. Remove them, or use another model.',
  );
  expect(limitNote(3, 'google', 'gemini-3-pro-image')).toBeNull();
  expect(limitNote(15, 'google', 'gemini-3-pro-image')).toMatch(
    /accepts 14 pictures: the other one is left out\.$/,
  );
  expect(limitNote(2, 'automatic1111', 'current')).toMatch(
    /accepts one picture: the other one is left out\.$/,
  );
  expect(limitNote(3, 'automatic1111', 'current')).toMatch(/accepts one picture: the others are left out\.$/);
});

test('an unknown model has the limit of its kind of service', () => {
  expect(limitNote(14, 'google', 'gemini-of-next-year')).toBeNull();
  expect(limitNote(2, 'automatic1111', 'my own checkpoint')).toMatch(
    /^my own checkpoint accepts one picture/,
  );
});

test('the service’s list takes precedence', () => {
  const model = { id: 'mine', label: 'Mine', makes: 'pictures', references: 0 } as const;
  rememberModels('automatic1111', 'automatic1111', [model]);
  expect(limitNote(1, 'automatic1111', 'mine')).toMatch(/^Mine does not accept reference pictures/);
  rememberModels('automatic1111', 'automatic1111', []);
});
