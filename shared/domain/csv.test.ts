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

test('says in which row a quotation begins that does not end', () => {
  expect(() => readCsv('a,b\n1,2\n"x,3\n4,5')).toThrow(UnclosedQuote);
  try {
    readCsv('a,b\n1,2\n"x,3\n4,5');
  } catch (error) {
    expect(error).toMatchObject({ row: 3 });
  }
});

test('reads megabytes in linear time', () => {
  const timeOf = (text: string, rows: number) => {
    const started = process.cpuUsage();
    expect(readCsv(text).length).toBe(rows);
    const { user, system } = process.cpuUsage(started);
    return user + system;
  };
  const rowsOf = (count: number) => timeOf(`a,b\n${'"x""",y\n'.repeat(count)}`, count + 1);
  const quotesOf = (count: number) => timeOf(`a,b\n"${'""'.repeat(count)}",y`, 2);
  for (const measure of [rowsOf, quotesOf]) {
    measure(40_000);
    // Linear: four times as long. Quadratic: sixteen times. In µs.
    expect(measure(160_000)).toBeLessThan(10 * measure(40_000) + 200_000);
  }
});
