import { expect, test } from 'vitest';
import { compareLayout } from './compare-layout';

const [landscape, portrait] = [3 / 2, 2 / 3];
const nothing = { hasOwnFacts: false, hasOwnPrompts: false };
const all = { hasOwnFacts: true, hasOwnPrompts: true };

test.each([
  ['two landscapes in a narrow window', [landscape, landscape], 600, 820, 1],
  ['two portraits in a narrow window', [portrait, portrait], 600, 820, 2],
  ['two landscapes in a wide window', [landscape, landscape], 1880, 840, 2],
  ['three landscapes in a narrow window', [landscape, landscape, landscape], 600, 820, 2],
  ['three portraits in a wide window', [portrait, portrait, portrait], 1240, 840, 3],
  ['four landscapes in a wide and low window', [landscape, landscape, landscape, landscape], 1880, 820, 2],
  ['four landscapes', [landscape, landscape, landscape, landscape], 1240, 840, 2],
  ['four portraits in a wide window', [portrait, portrait, portrait, portrait], 1880, 840, 4],
])('%s', (_, ratios, width, height, columns) => {
  expect(compareLayout(ratios, { width, height }, nothing).columns).toBe(columns);
});

test.each([
  [0, 0],
  [1, 10_000],
  [10_000, 1],
])('a room of %i by %i pixels has a layout', (width, height) => {
  const { columns } = compareLayout([landscape, portrait, 1, 21 / 9], { width, height }, all);
  expect(columns).toBeGreaterThan(0);
  expect(columns).toBeLessThanOrEqual(4);
});

test.each([
  [280, 'tight'],
  [400, 'narrow'],
  [600, 'medium'],
  [1240, 'wide'],
])('a pane of %i pixels has a %s caption', (width, caption) => {
  expect(compareLayout([landscape], { width, height: 840 }, all).caption).toBe(caption);
});

test('captions reduce the space for the pictures', () => {
  // If the pictures are stacked, the height of the captions is subtracted from both.
  const room = { width: 900, height: 800 };
  expect(compareLayout([landscape, landscape], room, nothing).columns).toBe(1);
  expect(compareLayout([landscape, landscape], room, all).columns).toBe(2);
});
