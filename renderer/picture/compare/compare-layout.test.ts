import { expect, test } from 'vitest';
import { compareLayout } from './compare-layout';

const [landscape, portrait] = [3 / 2, 2 / 3];

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
  expect(compareLayout(ratios, { width, height }).columns).toBe(columns);
});

test.each([
  [0, 0],
  [1, 10_000],
  [10_000, 1],
])('a room of %i by %i pixels has a layout', (width, height) => {
  const { columns } = compareLayout([landscape, portrait, 1, 21 / 9], { width, height });
  expect(columns).toBeGreaterThan(0);
  expect(columns).toBeLessThanOrEqual(4);
});

test('a wide pane keeps less height for its words', () => {
  expect(compareLayout([landscape], { width: 1240, height: 840 }).isNarrow).toBe(false);
  expect(compareLayout([landscape], { width: 500, height: 840 })).toMatchObject({
    isNarrow: true,
    caption: 100,
  });
});
