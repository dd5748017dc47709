import { expect, test } from 'vitest';
import { readCsv, UnclosedQuote } from './csv';

test.each<[string, string[][]]>([
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    '\uFEFFa;b\r\n1,5;2\r\n',
    [
      ['a', 'b'],
      ['1,5', '2'],
    ],
  ],
  ['sep=;\r\na;b', [['a', 'b']]],
  [
    'a\tb\r1\t2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\n"x, ""y""\r\nz",\n',
    [
      ['a', 'b'],
      ['x, "y"\r\nz', ''],
    ],
  ],
  [
    'a,b\n\n\n1,',
    [
      ['a', 'b'],
      ['1', ''],
    ],
  ],
  [
    'a,b\n"1"2,3',
    [
      ['a', 'b'],
      ['12', '3'],
    ],
  ],
  ['"a;b",c', [['a;b', 'c']]],
  ['', []],
  ['\n', []],
  ['a', [['a']]],
  [
    'a,b\n日本,🦊',
    [
      ['a', 'b'],
      ['日本', '🦊'],
    ],
  ],
])('reads %j', (text, rows) => {
  expect(readCsv(text)).toEqual(rows);
});

test('reports the row of a quotation without an end', () => {
  expect(() => readCsv('a,b\n1,2\n"x,3\n4,5')).toThrow(UnclosedQuote);
  try {
    readCsv('a,b\n1,2\n"x,3\n4,5');
  } catch (error) {
    expect(error).toMatchObject({ row: 3 });
  }
});
