import { describe, expect, test } from 'vitest';
import { maxCombinations } from './pattern-combinations';
import { escapePattern, fillPattern, parsePattern } from './prompt-patterns';
import { wordListSchema, wordsOf } from './word-lists';

const lists = [
  { name: 'animal', words: ['fox', 'owl', 'hare'] },
  { name: 'Tier', words: ['Fuchs'] },
  { name: 'empty', words: [] },
];

/** Returns the prompts, with words of lists drawn in their order. */
function promptsOf(text: string, times = 1) {
  return fillPattern(parsePattern(text, lists), times, lists, () => 0);
}

function texts(text: string): string[] {
  return promptsOf(text).map(({ prompt }) => prompt);
}

test('a grid has every combination, the last choice changing first, each with its own words', () => {
  expect(promptsOf('{red|blue} fox in {snow|sand}')).toEqual([
    { prompt: 'red fox in snow', words: ['red', 'snow'] },
    { prompt: 'red fox in sand', words: ['red', 'sand'] },
    { prompt: 'blue fox in snow', words: ['blue', 'snow'] },
    { prompt: 'blue fox in sand', words: ['blue', 'sand'] },
  ]);
  expect(parsePattern('{red|blue} fox in {snow|sand|mud}', lists)).toMatchObject({ count: 6, sizes: [2, 3] });
});

test.each([
  ['a fox', ['a fox']],
  ['{a fox}', ['{a fox}']],
  ['{}', ['{}']],
  ['{|}', ['{|}']],
  ['{ | || }', ['{ | || }']],
  ['} {', ['} {']],
  ['a | b', ['a | b']],
  ['{red|blue fox', ['{red|blue fox']],
  ['{{{', ['{{{']],
  ['|||}}}', ['|||}}}']],
  ['{red|{blue|green} fox', ['{red|blue fox', '{red|green fox']],
  ['{red|blue} fox {', ['red fox {', 'blue fox {']],
  ['C:\\new\\folder', ['C:\\new\\folder']],
])('%j has the prompts %j', (text, prompts) => {
  expect(texts(text)).toEqual(prompts);
});

test.each([
  ['{a {red|blue} fox|an owl}', ['a red fox', 'a blue fox', 'an owl']],
  ['{{red|blue}|green}', ['red', 'blue', 'green']],
  ['{{|}|x}', ['{|}', 'x']],
  ['a {|red} fox', ['a fox', 'a red fox']],
  ['{red|}', ['red']],
  ['{ red | blue } fox', ['red fox', 'blue fox']],
  ['{🦊|🦉👩‍🚀} at {dawn|dusk}', ['🦊 at dawn', '🦊 at dusk', '🦉👩‍🚀 at dawn', '🦉👩‍🚀 at dusk']],
  ['{one\ntwo|three}', ['one\ntwo', 'three']],
])('the choice %j has the prompts %j', (text, prompts) => {
  expect(texts(text)).toEqual(prompts);
  expect(parsePattern(text, lists)).toMatchObject({ isPattern: true, count: prompts.length });
});

test.each([
  ['\\{red|blue\\} fox', ['{red|blue} fox']],
  ['{red\\|blue|green}', ['red|blue', 'green']],
  ['{\\{|\\}}', ['{', '}']],
  ['\\__animal__', ['__animal__']],
  ['{a|b\\}', ['{a|b}']],
  ['a \\ b', ['a \\ b']],
])('the escaped %j has the prompts %j', (text, prompts) => {
  expect(texts(text)).toEqual(prompts);
  expect(parsePattern(text, lists).isChanged).toBe(text !== prompts[0]);
});

test.each(['{a|b}', 'a | b', '\\{a|b\\}', '__animal__ {x}', '__plant__', 'a_b', '{|}', '\\'])(
  'the escaped prompt %j expands to itself',
  (prompt) => {
    expect(texts(escapePattern(prompt, lists))).toEqual([prompt]);
  },
);

test('a prompt that is not a pattern needs no backslash', () => {
  expect(escapePattern('a {fox} | b', lists)).toBe('a {fox} | b');
});

describe('words of lists', () => {
  test('are drawn for each picture, none twice before all were used', () => {
    const prompts = promptsOf('__animal__ at dawn', 4);
    expect(prompts.map(({ words }) => words)).toEqual([['fox'], ['owl'], ['hare'], ['fox']]);
    expect(prompts[1]?.prompt).toBe('owl at dawn');
    expect(texts('__animal__ and __ANIMAL__')).toEqual(['fox and owl']);
  });

  test('are the same in a prompt and in its distinguishing words', () => {
    expect(promptsOf('{a __animal__|a cat}')).toEqual([
      { prompt: 'a fox', words: ['a fox'] },
      { prompt: 'a cat', words: ['a cat'] },
    ]);
  });

  test.each(['__plant__', '__empty__', '_animal_', '__animal_', '__ animal__', '______'])(
    'are not recognised in %j',
    (text) => {
      expect(texts(text)).toEqual([text]);
      expect(parsePattern(text, lists).isPattern).toBe(false);
    },
  );

  test('of a list that does not exist are reported', () => {
    expect(parsePattern('__plant__ and __animal__', lists).unknownLists).toEqual(['plant']);
  });
});

test.each([
  ['{a|b|c|d} {a|b|c|d}', 16],
  ['{a|b|c|d} {a|b|c|d} {a|b}', 32],
  [`{${Array.from({ length: 17 }, (_, index) => index).join('|')}}`, 17],
])('%j has %i combinations', (text, count) => {
  const pattern = parsePattern(text, lists);
  expect(pattern.count).toBe(count);
  expect(pattern.prompts).toHaveLength(count > maxCombinations ? 0 : count);
});

describe('nonsense of the maximum length of a message', () => {
  test('without a choice it is one prompt, unchanged', () => {
    const text = '{_|'.repeat(5_000);
    expect(texts(text)).toEqual([text]);
  });

  test('nested choices that are closed have all their alternatives', () => {
    const deep = `${'{a|'.repeat(15)}b${'}'.repeat(15)}`;
    expect(parsePattern(deep, lists).count).toBe(16);
    expect(parsePattern(`${'{|'.repeat(10_000)}b${'}'.repeat(10_000)}`, lists).count).toBeGreaterThan(16);
  });
});

test('the lines of a list are its words, without duplicates', () => {
  expect(wordsOf(' fox\r\n\nowl \nfox')).toEqual(['fox', 'owl']);
});

test.each(['animal', 'Tier', '動物', 'my animals', 'big-cats_2'])('a list can be named %j', (name) => {
  expect(wordListSchema.safeParse({ name, words: ['fox'] }).success).toBe(true);
  expect(parsePattern(`__${name}__`, [{ name, words: ['fox'] }]).isPattern).toBe(true);
});

test.each(['', ' a', 'a ', 'a__b', '_a', 'a_', '{a}', 'a|b', 'a'.repeat(41)])(
  'no list is named %j',
  (name) => {
    expect(wordListSchema.safeParse({ name, words: ['fox'] }).success).toBe(false);
  },
);
