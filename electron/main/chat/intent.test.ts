import { describe, expect, test } from 'vitest';
import { modeOf, readIntent } from './intent';

describe('asks for a picture', () => {
  test.each([
    ['generate image of sunset', 'sunset'],
    ['Generate an image of a sunset over the sea', 'a sunset over the sea'],
    ['draw a picture of a red fox', 'a red fox'],
    ['paint a photo of two cats', 'two cats'],
    ['create an image: a lighthouse', 'a lighthouse'],
    ['create a picture showing mountains', 'mountains'],
    ['please draw me a horse', 'a horse'],
    ['Could you please paint the sea at night', 'the sea at night'],
    ['can you make me an image of a whale?', 'a whale?'],
    ['make a watercolor painting of a fox', 'a watercolor painting of a fox'],
    ['create a black and white photo of Paris', 'a black and white photo of Paris'],
    ["I'd like a picture of my dream", 'my dream'],
    ['show me a picture of an owl', 'an owl'],
    ['give me three photos of an owl', 'three photos of an owl'],
    ['a picture of a cat', 'a cat'],
    ['photo of a boat in fog', 'a boat in fog'],
    ['/image a boat', 'a boat'],
    ['/IMAGE   a boat', 'a boat'],
    ['/image how are you', 'how are you'],
    ['a red fox at dawn', 'a red fox at dawn'],
    ['An astronaut on a horse, watercolour', 'An astronaut on a horse, watercolour'],
    ['draw 🦊', '🦊'],
    ['draw 桜', '桜'],
    ['GENERATE AN IMAGE OF A\nSTORM', 'A\nSTORM'],
  ])('%s', (text, prompt) => {
    expect(readIntent(text, 'auto')).toEqual({ kind: 'picture', prompt });
  });
});

describe('does not ask for a picture', () => {
  test.each([
    'hello',
    'What can you do?',
    'how do I draw a fox?',
    'what is a picture of dorian gray about',
    'draw a conclusion from this',
    'draw my attention to the facts',
    "don't generate an image of a cat",
    'can you draw?',
    'make a list of pictures',
    'write a story about a painting',
    'a story about a fox',
    'A fox is an animal',
    'create a file of pictures',
    'generate',
    'draw',
    'generate an image of',
    'create an image',
    '/image',
    '/images a boat',
    'the picture was nice',
    'I drew an image of a cat',
    'make it better',
    '',
    '   ',
    '?',
    '日本語でお願いします',
  ])('%s', (text) => {
    expect(readIntent(text, 'auto')).toEqual({ kind: 'text' });
  });
});

test('takes every text as a prompt in picture mode, without the request for a picture itself', () => {
  expect(readIntent('hello', 'picture')).toEqual({ kind: 'picture', prompt: 'hello' });
  expect(readIntent('draw', 'picture')).toEqual({ kind: 'picture', prompt: 'draw' });
  expect(readIntent('draw a conclusion', 'picture')).toEqual({
    kind: 'picture',
    prompt: 'draw a conclusion',
  });
  expect(readIntent('generate an image of sunset', 'picture')).toEqual({ kind: 'picture', prompt: 'sunset' });
  expect(readIntent('/image', 'picture')).toEqual({ kind: 'text' });
});

test('reads a long text quickly', () => {
  // A quadratic expression would exceed the test's timeout.
  const long = `${'a '.repeat(200_000)}x`;
  expect(readIntent(long, 'auto')).toEqual({ kind: 'text' });
  expect(readIntent(`generate ${'very '.repeat(100_000)}`, 'auto')).toEqual({ kind: 'text' });
});

test.each([
  'dragon',
  'sunset',
  'the Eiffel tower',
  'ein Leuchtturm im Sturm',
  '雪中的狐狸',
  'how do I draw a fox?',
  '🦊',
])('where nobody can reply, %j is a prompt as it stands', (text) => {
  expect(readIntent(text, modeOf('auto', null))).toEqual({ kind: 'picture', prompt: text });
  expect(modeOf('auto', 'gemini')).toBe('auto');
});
