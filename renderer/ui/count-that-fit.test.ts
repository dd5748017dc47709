import { expect, test } from 'vitest';
import { countThatFit } from './count-that-fit';

const five = [32, 32, 32, 32, 32];

test('keeps all items where they fit exactly', () => {
  expect(countThatFit(five, 5 * 32 + 4 * 4)).toBe(5);
  expect(countThatFit([], 0)).toBe(0);
});

test('leaves room for the button once one does not fit', () => {
  // Two pixels less: four items and the button take as much as five.
  expect(countThatFit(five, 5 * 32 + 4 * 4 - 2)).toBe(3);
  expect(countThatFit(five, 32 + 4 + 32)).toBe(1);
  expect(countThatFit(five, 40)).toBe(0);
  expect(countThatFit(five, 0)).toBe(0);
});

test('does not count the gap of an item that is not shown', () => {
  expect(countThatFit([32, 0, 0, 32], 68)).toBe(4);
});

test('never keeps more than there is room for', () => {
  for (let room = 0; room < 400; room += 1) {
    for (let length = 0; length < 12; length += 1) {
      const widths = Array.from({ length }, (_, at) => (at % 4 === 3 ? 0 : 20 + 7 * at));
      const count = countThatFit(widths, room);
      const kept = widths.slice(0, count).filter((width) => width > 0);
      const more = count < length ? [32] : [];
      const total = [...kept, ...more].reduce((sum, width) => sum + width + 4, -4);
      expect(kept.length === 0 || total <= room + 1, `${length} in ${room}`).toBe(true);
    }
  }
});
