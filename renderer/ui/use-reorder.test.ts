import { expect, test } from 'vitest';
import { stepOf } from './use-reorder';

test.each([
  ['a', 'up', undefined],
  ['b', 'up', 'a'],
  ['c', 'up', 'b'],
  ['a', 'down', 'c'],
  ['b', 'down', null],
  ['c', 'down', undefined],
  ['gone', 'down', undefined],
] as const)('a step of %s %s goes before %s', (id, step, before) => {
  expect(stepOf(['a', 'b', 'c'], id, step)).toBe(before);
});
