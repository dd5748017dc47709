import { expect, test } from 'vitest';
import { modelLabel, modelLabels } from './model-label';
import { installed, offer, status } from './test-status';

const own = installed({ id: 'mine', label: 'my-merge.gguf' });

test('a model on this computer has its own name, even after it was removed', () => {
  const known = status({ installed: [own], offers: [offer()] });
  expect(modelLabel({ provider: 'engine', model: 'mine' }, known)).toBe('my-merge.gguf');
  expect(modelLabel({ provider: 'engine', model: 'z-image-turbo' }, known)).toBe('Z-Image-Turbo');
  expect(modelLabel({ provider: 'engine', model: 'mine' }, status({ offers: [] }))).toBe('mine');
  expect(modelLabel({ provider: 'engine', model: 'mine' }, null)).toBe('mine');
});

test('a model of another service with the same id does not', () => {
  expect(modelLabel({ provider: 'mine', model: 'mine' }, status({ installed: [own] }))).toBe('mine');
});

test('the models of a group are named once each', () => {
  const messages = ['mine', 'z-image-turbo', 'mine'].map((model) => ({ provider: 'engine', model }));
  expect(modelLabels(messages, status({ installed: [own] }))).toBe('my-merge.gguf, Z-Image-Turbo');
});
