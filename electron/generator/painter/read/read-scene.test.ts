// What the words of a prompt turn into, before anything is drawn.
import { describe, expect, it } from 'vitest';
import { readScene } from './read-scene';
import type { Scene } from './scene';

type Expectation = Partial<Pick<Scene, 'kind' | 'time' | 'weather' | 'season' | 'flower' | 'mood'>>;

const plain: readonly (readonly [string, Expectation])[] = [
  ['generate image of sunset', { kind: 'landscape', time: 'sunset' }],
  ['a red fox at dawn', { kind: 'landscape', time: 'dawn' }],
  ['a city at night in the rain', { time: 'night', weather: 'rain' }],
  ['mountains above a lake in winter', { season: 'winter' }],
  ['the desert at golden hour', { time: 'golden-hour' }],
  ['a forest in fog', { weather: 'fog' }],
  ['a field of poppies', { flower: 'poppy' }],
  ['a lighthouse in a storm', { weather: 'storm', time: 'dusk' }],
  ['northern lights over a cabin', { time: 'night' }],
  ['cherry blossoms', { flower: 'blossom', season: 'spring' }],
  ['quantum loneliness', { kind: 'abstract', mood: 'lonely' }],
  ['', { kind: 'abstract', flower: null, mood: null }],
  ['qwfp zxcv', { kind: 'abstract' }],
];

describe('readScene', () => {
  it.each(plain)('reads %j', (prompt, expected) => {
    expect(readScene(prompt, 1)).toMatchObject(expected);
  });

  it('finds places in the order of the prompt', () => {
    expect(readScene('mountains above a lake', 1).places).toEqual(['mountains', 'lake']);
    expect(readScene('a cat on a roof', 1).places).toEqual(['roof', 'city']);
  });

  it('gives each subject a place to be', () => {
    expect(readScene('a whale under the moon', 1).places).toContain('sea');
    expect(readScene('two camels', 1).places).toEqual(['desert']);
    expect(readScene('an astronaut', 1).places).toContain('space');
  });

  it('gives a colour word to the animal it stands by, and otherwise to the picture', () => {
    const fox = readScene('a red fox at dawn', 1);
    expect(fox.subjects).toEqual([{ animal: 'fox', tint: 'red', count: 1 }]);
    expect(fox.tints).toEqual([]);
    const city = readScene('a teal city', 1);
    expect(city.tints).toEqual(['teal']);
    expect(readScene('hills in purple and gold', 1).tints).toEqual(['purple', 'gold']);
  });

  it('takes a blue sky and green hills for what they are, not for a tint', () => {
    expect(readScene('sunflowers under a blue sky over green hills', 1)).toMatchObject({
      tints: [],
      weather: 'clear',
    });
  });

  it('counts animals and knows their plurals', () => {
    expect(readScene('two foxes', 1).subjects).toEqual([{ animal: 'fox', tint: null, count: 2 }]);
    expect(readScene('a pack of wolves', 1).subjects).toEqual([{ animal: 'wolf', tint: null, count: 5 }]);
    expect(readScene('a caravan of camels', 1).subjects[0]?.count).toBe(5);
  });

  it('hears style words', () => {
    expect(readScene('minimal mountains, pastel', 1).styles).toEqual(['minimal', 'pastel']);
    expect(readScene('ukiyo-e wave', 1).styles).toEqual(['woodblock']);
    expect(readScene('a low-poly fox', 1).styles).toEqual(['low-poly']);
    expect(readScene('black and white city', 1)).toMatchObject({ styles: ['noir'], tints: [] });
  });

  it('understands some of other languages and emoji', () => {
    expect(readScene('桜と富士山', 1)).toMatchObject({ flower: 'blossom', places: ['volcano', 'lake'] });
    expect(readScene('🦊🌊', 1)).toMatchObject({ subjects: [{ animal: 'fox' }], places: ['sea'] });
    expect(readScene('Sonnenuntergang am Meer', 1)).toMatchObject({ time: 'sunset' });
    expect(readScene('gato negro en el tejado', 1).places).toContain('roof');
    expect(readScene('закат', 1).time).toBe('sunset');
  });

  it('does not find words inside other words', () => {
    expect(readScene('category', 1).subjects).toEqual([]);
    expect(readScene('The see of Rome', 1).places).toEqual([]);
  });

  it('reads the same prompt and seed the same, and lets the seed choose what is left open', () => {
    expect(readScene('a boat', 4)).toEqual(readScene('a boat', 4));
    const times = new Set(Array.from({ length: 20 }, (_value, seed) => readScene('a boat', seed).time));
    expect(times.size).toBeGreaterThan(2);
  });

  it('stays quick on a very long prompt', () => {
    expect(readScene('fox '.repeat(25_000), 1).subjects).toHaveLength(1);
  });
});
