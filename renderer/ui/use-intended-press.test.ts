import { expect, test } from 'vitest';
import { isIntended } from './use-intended-press';

test.each([
  ['before it was shown', { at: 900, isRepeated: false }, false],
  ['in the moment in which it was shown', { at: 1000, isRepeated: false }, false],
  ['sooner than it can be read', { at: 1499, isRepeated: false }, false],
  ['once it can have been read', { at: 1500, isRepeated: false }, true],
  ['by a key that is held down for long', { at: 9000, isRepeated: true }, false],
])('a press %s counts: %o is %s', (_when, press, isCounted) => {
  expect(isIntended(press, 1000)).toBe(isCounted);
});
