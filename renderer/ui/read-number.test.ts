import { expect, test } from 'vitest';
import { readNumber } from './read-number';

test.each([
  ['', null],
  ['  ', null],
  ['0', 0],
  [' 20 ', 20],
  ['2.5', 2.5],
  ['2,50', 2.5],
  ['0.0025', 0.0025],
  ['100000', 100_000],
])('reads %j as %j', (text, value) => {
  expect(readNumber(text)).toBe(value);
});

test.each([
  '1,000',
  '1.000',
  '1.000.000',
  '1e3',
  '0x10',
  'Infinity',
  '-1',
  '+1',
  '1 000',
  '.5',
  '5.',
  '٣',
  '2,5,1',
])('refuses %j', (text) => {
  expect(readNumber(text)).toBeNaN();
});
