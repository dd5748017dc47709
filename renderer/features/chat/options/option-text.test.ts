import { expect, test } from 'vitest';
import { chipText, differences } from './option-text';

const usual = { count: 1, seed: null, options: {} };

test.each([
  [usual, {}, 'Options'],
  [{ ...usual, options: { quality: 'medium', resolution: '4K' } }, {}, 'Options'],
  [{ ...usual, count: 4 }, {}, '4 pictures'],
  [{ ...usual, seed: 0 }, {}, 'Seed 0'],
  [{ ...usual, options: { quality: 'low' } }, {}, 'Low quality'],
  [{ ...usual, options: { thinking: 'high' } }, {}, 'High thinking'],
  [{ ...usual, options: { steps: 30 } }, { steps: 30 }, 'Options'],
  [{ ...usual, options: { steps: 30 } }, { steps: 20 }, '30 steps'],
  [{ ...usual, options: { steps: 1 } }, {}, '1 step'],
  [{ ...usual, options: {} }, { negativePrompt: 'blurry' }, 'No negative prompt'],
  [{ ...usual, options: { guidance: 0 } }, {}, 'Guidance 0'],
  [{ ...usual, count: 2, seed: 7 }, {}, '2 options'],
  [{ count: 3, seed: 7, options: { background: 'transparent', sampler: 'Euler' } }, {}, '4 options'],
] as const)('%j with the defaults %j reads “%s”', (chosen, defaults, text) => {
  expect(chipText(differences(chosen, defaults))).toBe(text);
});
