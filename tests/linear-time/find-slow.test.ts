import { expect, test } from 'vitest';
import { findSlow, maxDurationMs } from './find-slow';

const grammar = { tokens: ['a', ' ', '"', 'x'], maxLength: 16_000 };

test.each<[string, (input: string) => unknown]>([
  ['counts characters', (input) => [...input].filter((character) => character === '"').length],
  ['replaces and splits', (input) => input.replaceAll('a', 'b').split(' ')],
  ['is quadratic only up to a thousand characters', (input) => input.slice(0, 1000).replace(/ +$/, '')],
])('finds no fault with a parser that %s', async (_name, run) => {
  expect(await findSlow({ ...grammar, run, minLength: 4000 })).toEqual([]);
});

test.each<[string, (input: string) => unknown]>([
  ['backtracks from the end of a run', (input) => input.replace(/ +$/, '')],
  ['backtracks between two parts', (input) => /^(a+)(a*)"$/.exec(input)],
  ['searches to the end for a partner that is missing', (input) => [...input.matchAll(/"[^x]*x/g)]],
  [
    'compares each character with all before it',
    (input) => {
      const seen: number[] = [];
      for (let at = 0; at < input.length; at += 1) if (!seen.includes(at)) seen.push(at);
    },
  ],
])(
  'finds a parser that %s',
  async (_name, run) => {
    expect(await findSlow({ ...grammar, run })).not.toEqual([]);
  },
  maxDurationMs,
);
