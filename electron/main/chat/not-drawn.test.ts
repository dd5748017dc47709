import { expect, test } from 'vitest';
import { maxNotDrawnWords } from '../../../shared/domain/picture-notes';
import { namesIn } from '../../../shared/painter/names';
import { readWords } from '../../../shared/painter/read-words';
import { findNotDrawn } from './not-drawn';

const drawn = [
  'sunset',
  'a red fox at dawn',
  'generate image of sunset',
  'my dog and me at the beach',
  'Sonnenuntergang am Meer',
  'ein Fuchs im Wald',
  'un gato negro en el tejado',
  'закат',
  '桜と富士山',
  '🦊🌊',
  '一只在雨中的猫',
  '森林里的小屋',
  'un chat sous la pluie',
  'شجرة في',
  'a beautiful, highly detailed 4k photo of a lighthouse in a storm',
  '',
  '!!! … ???',
  'a sailing boat on a calm lake under a purple sky',
  'a tall ship on the ocean',
  'a cosy little wooden cabin with glowing windows and smoke from the chimney',
  'a seagull flying over a rocky coast',
  'snowy mountains reflected in a lake',
  'three white horses',
  'Ein altes Segelboot auf dem See',
  'une petite maison bleue au bord de la mer',
  '赤い風船',
  'a lake without boats or dragons, no people',
];

test.each(drawn)('everything in %j is drawn', (prompt) => {
  expect(findNotDrawn(prompt)).toEqual([]);
});

const missing: readonly (readonly [string, readonly string[]])[] = [
  ['dragon', ['dragon']],
  ['a red fox riding a bicycle at dawn', ['bicycle']],
  ['A cat wearing a hat', ['hat']],
  ['the Eiffel Tower at night', ['Eiffel Tower']],
  ['ein Drache über der Stadt', ['Drache']],
  ['ein Fuchs auf einem Fahrrad', ['Fahrrad']],
  ['un dragon sur une bicyclette', ['dragon', 'bicyclette']],
  ['un perro con sombrero en la playa', ['sombrero']],
  ['кот на велосипеде', ['велосипеде']],
  ['自転車に乗る狐', ['自転車', '乗る']],
  ['坐在龙里的猫', ['坐', '龙']],
  ['شجرة في الصحراء', ['الصحراء']],
  ['собака на велосипеде', ['велосипеде']],
  ['🦄 on the moon', ['🦄']],
  ['quantum loneliness', ['quantum']],
  ['a bicycle, a Bicycle and a BICYCLE', ['bicycle']],
  ['a boat and a yellow umbrella', ['yellow umbrella']],
  ['un gato con un paraguas amarillo', ['paraguas amarillo']],
  ['a cat at the window', ['window']],
  ['a lake with a red shiny bicycle', ['bicycle']],
];

test.each(missing)('%j lacks something', (prompt, words) => {
  expect(findNotDrawn(prompt)).toEqual(words);
});

test('things that a scene has no place for are not drawn', () => {
  expect(findNotDrawn('a fox, a cat, a dog, a bear and a whale')).toEqual(['bear', 'whale']);
  expect(findNotDrawn('a city at dawn and dusk')).toEqual(['dusk']);
  expect(findNotDrawn('a lighthouse in space')).toEqual(['lighthouse']);
  expect(findNotDrawn('a cabin underwater')).toEqual(['cabin']);
});

test('splits only as much text without spaces as the list can need', () => {
  const long = Array.from({ length: 400 }, (_value, index) => `龙自行车${'鼎爵簋'[index % 3]}`).join('');
  const split = namesIn(readWords(long)).reduce((sum, { text }) => sum + text.length, 0);
  expect(split).toBeGreaterThan(100);
  expect(split).toBeLessThanOrEqual(500);
  expect(findNotDrawn(long)).toContain('龙');
});

test('the list is short, and so is each word', () => {
  const words = Array.from({ length: 50 }, (_value, index) => `thing${'y'.repeat(index)}`);
  expect(findNotDrawn(words.join(' '))).toHaveLength(maxNotDrawnWords + 1);
  const [long] = findNotDrawn('z'.repeat(100_000));
  expect(long).toBe(`${'z'.repeat(40)}…`);
});
