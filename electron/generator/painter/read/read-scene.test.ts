// Reading prompts as scenes.
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../../shared/painter/scene';
import { readScene } from './read-scene';

type Expectation = Partial<Pick<Scene, 'kind' | 'time' | 'weather' | 'season' | 'flower' | 'mood'>>;

const examples: readonly (readonly [string, Expectation])[] = [
  ['generate image of sunset', { kind: 'landscape', time: 'sunset' }],
  ['a red fox at dawn', { kind: 'landscape', time: 'dawn' }],
  ['a city at night in the rain', { time: 'night', weather: 'rain' }],
  ['mountains above a lake in winter', { season: 'winter' }],
  ['the desert at golden hour', { time: 'golden-hour' }],
  ['a forest in fog', { weather: 'fog' }],
  ['a field of poppies', { flower: 'poppy' }],
  ['a field of lavender', { flower: 'lavender' }],
  ['a lighthouse in a storm', { weather: 'storm', time: 'dusk' }],
  ['northern lights over a cabin', { time: 'night' }],
  ['cherry blossoms', { flower: 'blossom', season: 'spring' }],
  ['quantum loneliness', { kind: 'abstract', mood: 'lonely' }],
  ['', { kind: 'abstract', flower: null, mood: null }],
  ['qwfp zxcv', { kind: 'abstract' }],
];

describe('readScene', () => {
  it.each(examples)('reads %j', (prompt, expected) => {
    expect(readScene(prompt, 1)).toMatchObject(expected);
  });

  it('lists places in the order of the prompt', () => {
    expect(readScene('mountains above a lake', 1).places).toEqual(['mountains', 'lake']);
    expect(readScene('a cat on a roof', 1).places).toEqual(['roof', 'city']);
  });

  it('infers a place for a subject when the prompt names none', () => {
    expect(readScene('a whale under the moon', 1).places).toContain('sea');
    expect(readScene('two camels', 1).places).toEqual(['desert']);
    expect(readScene('an astronaut', 1).places).toContain('space');
  });

  it.each([
    ['새벽의 등대', []],
    ['새로운 도시', []],
    ['배경이 파란 하늘', []],
    ['말하는 사람', ['person']],
    ['산속의 새', ['bird']],
    ['새들이 나는 바다', ['bird']],
    ['말을 탄 사람', ['horse', 'person']],
    ['붉은여우', ['fox']],
  ])('finds the animals of %j, where one syllable is part of many words', (prompt, animals) => {
    expect(readScene(prompt, 1).subjects.map(({ animal }) => animal)).toEqual(animals);
  });

  it('assigns a colour word to the animal that it stands with, otherwise to the picture', () => {
    const fox = readScene('a red fox at dawn', 1);
    expect(fox.subjects).toEqual([{ animal: 'fox', tint: 'red', count: 1 }]);
    expect(fox.tints).toEqual([]);
    expect(readScene('un zorro rojo en la nieve', 1).subjects).toEqual([
      { animal: 'fox', tint: 'red', count: 1 },
    ]);
    const city = readScene('a teal city', 1);
    expect(city.tints).toEqual(['teal']);
    expect(readScene('hills in purple and gold', 1).tints).toEqual(['purple', 'gold']);
  });

  it.each([
    ['a red boat on a calm lake', { boat: 'red' }],
    ['a blue little old house beside a yellow balloon', { cabin: 'blue', balloon: 'yellow' }],
    ['a red and white lighthouse', { lighthouse: 'red' }],
    ['a field of yellow tulips', { tulip: 'yellow' }],
    ['a black cat on a green roof', { roof: 'green' }],
    ['ein grünes Haus am See', { cabin: 'green' }],
    ['une maison bleue au bord de la mer', { cabin: 'blue' }],
    ['un barco rojo y blanco', { boat: 'red' }],
    ['红色的船在湖上', { boat: 'red' }],
    ['赤い風船', { balloon: 'red' }],
    ['белый маяк', { lighthouse: 'white' }],
  ])('gives things of %j their own colours and the picture none', (prompt, ownTints) => {
    expect(readScene(prompt, 1)).toMatchObject({ ownTints, tints: [] });
  });

  it('colours the picture with words that belong to no thing', () => {
    expect(readScene('a boat, teal and orange', 1)).toMatchObject({
      ownTints: {},
      tints: ['teal', 'orange'],
    });
    expect(readScene('a purple sky', 1)).toMatchObject({ kind: 'landscape', tints: ['purple'] });
  });

  it('ignores the colour of things that it does not draw, unless it draws nothing', () => {
    expect(readScene('a sailing boat on a lake, and a bicycle with a yellow umbrella', 1).tints).toEqual([]);
    expect(readScene('un gato con un paraguas amarillo', 1).tints).toEqual([]);
    expect(readScene('a red bicycle', 1)).toMatchObject({ kind: 'abstract', tints: ['red'] });
  });

  it('does not read a blue sky or green hills as colour words', () => {
    expect(readScene('sunflowers under a blue sky over green hills', 1)).toMatchObject({
      tints: [],
      weather: 'clear',
    });
  });

  it.each([
    'a lake without boats',
    'a lake, no red boats or people, at dawn',
    'a lake with no boat',
    'ein See ohne Boote',
    'un lac sans bateaux',
    'un lago sin barcos ni personas',
    '没有船的湖',
    '船のない湖',
  ])('draws nothing that %j excludes', (prompt) => {
    expect(readScene(prompt, 1)).toMatchObject({ places: ['lake'], things: [], subjects: [], tints: [] });
  });

  it('reads the words after an exclusion', () => {
    expect(readScene('a lake without boats and with a red house', 1).ownTints).toEqual({ cabin: 'red' });
    expect(readScene('um gato no campo', 1).places).toEqual(['meadow']);
  });

  it('reads counts, plurals and group words of animals', () => {
    expect(readScene('two foxes', 1).subjects).toEqual([{ animal: 'fox', tint: null, count: 2 }]);
    expect(readScene('a pack of wolves', 1).subjects).toEqual([{ animal: 'wolf', tint: null, count: 5 }]);
    expect(readScene('a caravan of camels', 1).subjects[0]?.count).toBe(5);
    expect(readScene('three white horses', 1).subjects).toEqual([
      { animal: 'horse', tint: 'white', count: 3 },
    ]);
  });

  it('reads style words in several spellings', () => {
    expect(readScene('minimal mountains, pastel', 1).styles).toEqual(['minimal', 'pastel']);
    expect(readScene('ukiyo-e wave', 1).styles).toEqual(['woodblock']);
    expect(readScene('a low-poly fox', 1).styles).toEqual(['low-poly']);
    expect(readScene('black and white city', 1)).toMatchObject({ styles: ['noir'], tints: [] });
  });

  it('reads common words of other languages and emoji', () => {
    expect(readScene('桜と富士山', 1)).toMatchObject({ flower: 'blossom', places: ['volcano', 'lake'] });
    expect(readScene('🦊🌊', 1)).toMatchObject({ subjects: [{ animal: 'fox' }], places: ['sea'] });
    expect(readScene('Sonnenuntergang am Meer', 1)).toMatchObject({ time: 'sunset' });
    expect(readScene('gato negro en el tejado', 1).places).toContain('roof');
    expect(readScene('закат', 1).time).toBe('sunset');
  });

  it('does not match words inside other words', () => {
    expect(readScene('category', 1).subjects).toEqual([]);
    expect(readScene('The see of Rome', 1).places).toEqual([]);
  });

  it('returns the same scene for the same seed and varies the details that the prompt leaves open', () => {
    expect(readScene('a boat', 4)).toEqual(readScene('a boat', 4));
    const times = new Set(Array.from({ length: 20 }, (_value, seed) => readScene('a boat', seed).time));
    expect(times.size).toBeGreaterThan(2);
  });

  it('reads a very long prompt', () => {
    expect(readScene('fox '.repeat(25_000), 1).subjects).toHaveLength(1);
  });
});
