import { expect, test } from 'vitest';
import { sharpTurns } from './sharp-turns';

test('three load at once, the others in order, and leaving frees a turn', () => {
  const begun: number[] = [];
  const ends = Array.from({ length: 7 }, (_, index) => sharpTurns.take(() => void begun.push(index)));
  expect(begun).toEqual([0, 1, 2]);
  ends[3]?.();
  ends[1]?.();
  ends[1]?.();
  expect(begun).toEqual([0, 1, 2, 4]);
  for (const end of ends) end();
  expect(begun).toEqual([0, 1, 2, 4, 5, 6]);
  const last: string[] = [];
  const endLast = sharpTurns.take(() => void last.push('last'));
  expect(last).toEqual(['last']);
  endLast();
});
