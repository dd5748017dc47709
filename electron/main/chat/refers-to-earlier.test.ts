import { expect, test } from 'vitest';
import { refersToEarlier } from './refers-to-earlier';

test.each([
  'now make it night',
  'Make it darker, please',
  'paint it again at dawn',
  'draw them in winter',
  'make the picture darker',
  'could you change the image to black and white',
  'same but in winter',
  'the same fox from behind',
  'paint the same fox as a child',
  'an owl instead',
  'a darker one',
  'another version in watercolour',
  'draw another one',
  'paint the first picture in oil',
])('“%s” refers to an earlier picture', (text) => {
  expect(refersToEarlier(text)).toBe(true);
});

test.each([
  'a red fox at dawn',
  'draw the Eiffel tower',
  'paint the night sky',
  'make the picture of a fox',
  'create an image of sunset',
  'draw a man reading a book',
  'a painting of one tree',
  '/image the same fox',
  'make a picture of it raining',
  '',
])('“%s” stands by itself', (text) => {
  expect(refersToEarlier(text)).toBe(false);
});
