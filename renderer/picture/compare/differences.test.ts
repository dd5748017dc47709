import { expect, test } from 'vitest';
import { type Compared, differencesOf, shortenCommonParts } from './differences';

const picture: Compared = { prompt: 'a red fox at dawn', seed: 1, width: 3, height: 2 };

test('shows common facts once, and only the differences for each picture', () => {
  expect(differencesOf([picture, { ...picture, seed: 2 }])).toEqual({
    prompt: 'a red fox at dawn',
    shared: ['3 × 2'],
    own: [
      { prompt: null, facts: ['seed 1'] },
      { prompt: null, facts: ['seed 2'] },
    ],
  });
});

test('marks the words of a prompt that another prompt lacks', () => {
  const { prompt, own } = differencesOf([picture, { ...picture, prompt: 'A blue fox, at dawn' }]);
  expect(prompt).toBeNull();
  expect(own.map((each) => each.prompt)).toEqual([
    [
      { text: 'a ', isOwn: false },
      { text: 'red ', isOwn: true },
      { text: 'fox at dawn', isOwn: false },
    ],
    [
      { text: 'A ', isOwn: false },
      { text: 'blue ', isOwn: true },
      { text: 'fox, at dawn', isOwn: false },
    ],
  ]);
});

test('marks a word that another prompt has less often', () => {
  const { own } = differencesOf([picture, { ...picture, prompt: 'a red fox at dawn in a storm' }]);
  expect(own[1]?.prompt).toEqual([
    { text: 'a red fox at dawn ', isOwn: false },
    { text: 'in a storm', isOwn: true },
  ]);
});

test('names a seed that only some pictures have', () => {
  const { shared, own } = differencesOf([picture, { ...picture, seed: undefined }]);
  expect(shared).toEqual(['3 × 2']);
  expect(own.map(({ facts }) => facts)).toEqual([['seed 1'], []]);
});

test('keeps empty prompts and white space', () => {
  const texts = differencesOf([
    { ...picture, prompt: '' },
    { ...picture, prompt: ' two\nlines ' },
  ]).own.map(({ prompt }) => prompt?.map(({ text }) => text).join(''));
  expect(texts).toEqual(['', ' two\nlines ']);
});

test('lists different settings per picture, and common ones once', () => {
  const { shared, own } = differencesOf([
    {
      ...picture,
      settings: [
        ['steps', 'steps 20'],
        ['guidance', 'guidance 7'],
      ],
    },
    {
      ...picture,
      settings: [
        ['steps', 'steps 30'],
        ['guidance', 'guidance 7'],
      ],
    },
    {
      ...picture,
      settings: [
        ['guidance', 'guidance 7'],
        ['sampler', 'sampler euler'],
      ],
    },
  ]);
  expect(shared).toEqual(['guidance 7', 'seed 1', '3 × 2']);
  expect(own.map(({ facts }) => facts)).toEqual([['steps 20'], ['steps 30'], ['sampler euler']]);
});

test('shortens common parts of long prompts, but never a difference', () => {
  const start = 'one two three four five six seven eight nine ten ';
  const texts = (own: string) =>
    shortenCommonParts(
      differencesOf([picture, { ...picture, prompt: `${start}${own} ${start}` }]).own[1]?.prompt ?? [],
    );
  expect(shortenCommonParts([{ text: start, isOwn: false }])).toEqual([{ text: start, isOwn: false }]);
  expect(
    texts('x')
      .map(({ text }) => text)
      .join(''),
  ).toContain('x');
  const parts = [
    { text: start, isOwn: false },
    { text: 'red ', isOwn: true },
    { text: start, isOwn: false },
    { text: 'owl ', isOwn: true },
    { text: start.trim(), isOwn: false },
  ];
  expect(
    shortenCommonParts(parts)
      .map(({ text }) => text)
      .join(''),
  ).toBe('… eight nine ten red one two three … eight nine ten owl one two three …');
});
