import { expect, test } from 'vitest';
import { readSentence, say, sentence, sentenceOrTextSchema } from './sentence';

const told = { id: 'app.palette_pictures', values: { count: 2 } } as const;

test('reads a stored sentence', () => {
  const read = readSentence(JSON.stringify(told));
  expect(read && say(read)).toBe('2 pictures');
});

test('a sentence may contain another one', () => {
  const outer = sentence('chat.version', { number: told, count: 3 });
  expect(say(outer)).toBe('Version 2 pictures of 3');
  expect(readSentence(JSON.stringify(outer))).toEqual(outer);
});

test.each([
  ['the id is unknown', { id: 'app.of_a_later_version' }],
  ['an argument is missing', { id: told.id }],
  [
    'the sentence in it lacks its argument',
    { id: 'chat.version', values: { number: { id: told.id }, count: 1 } },
  ],
  ['it has a field of another version', { ...told, tone: 'calm' }],
])('is not read if %s', (_, stored) => {
  expect(readSentence(JSON.stringify(stored))).toBeNull();
  expect(sentenceOrTextSchema.safeParse(stored).success).toBe(false);
});

test.each(['', 'null', '[]', '"text"', '{'])('%s is not a sentence', (json) => {
  expect(readSentence(json)).toBeNull();
});
