import { expect, test } from 'vitest';
import { environmentRange, findValues } from './hide-start-environment';

test('the values of the named variables are found, and no others', () => {
  const block = Buffer.from(
    'HOME=/root\0MY_KEY=sëcret\0NOT_MY_KEY=other\0MY_KEY_TOO=other\0EMPTY=\0MY_KEY=again',
  );
  const values = findValues(block, ['MY_KEY', 'EMPTY']);
  expect(values.map(({ at, length }) => block.toString('utf8', at, at + length))).toEqual([
    'sëcret',
    '',
    'again',
  ]);
  expect(findValues(Buffer.alloc(0), ['MY_KEY'])).toEqual([]);
});

test('the environment is found, whatever the program is called', () => {
  const numbers = Array.from({ length: 50 }, (_, index) => index + 3).join(' ');
  expect(environmentRange(`7 (a) b (c) ${numbers}\n`)).toEqual({ start: 50, end: 51 });
  expect(() => environmentRange('7 (a) S 0')).toThrow();
});
