import { v7 as newId } from 'uuid';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { everyPicture, maxSearchLength } from '../../../shared/domain/gallery-query';
import { rememberModels } from '../../../shared/domain/listed-models';
import { createTestContext } from '../test-support/test-context';
import type { Store } from './open';
import type { NewUserImage } from './outbox';
import { readGallery } from './test-gallery';

let store: Store;

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
});

function add(changes: Partial<NewUserImage> = {}): NewUserImage {
  const id = newId();
  const image: NewUserImage = {
    id,
    messageId: id,
    file: `images/ab/${id}.png`,
    width: 1536,
    height: 1024,
    bytes: 100_000,
    thumbhash: Buffer.of(0, 1, 254, 255).toString('base64'),
    prompt: 'a sunset',
    provider: 'painter',
    model: 'painter-1',
    params: '{"aspectRatio":"3:2","seed":1}',
    createdAt: 7,
    ...changes,
  };
  store.userImages.insert(image);
  return image;
}

function search(words: string): string[] {
  return readGallery(store, { ...everyPicture, text: words }).map(({ prompt }) => prompt);
}

test('requires every word of a long search text', () => {
  const words = Array.from({ length: 100 }, (_, index) => `w${index}x`);
  add({ prompt: words.join(' ') });
  expect(search(words.join(' '))).toHaveLength(1);
  expect(search([...words.slice(0, -1), 'absent'].join(' '))).toEqual([]);
});

test('returns a picture as it was inserted', () => {
  const { id, file } = add({ prompt: `Rose's "best" 🌹` });
  expect(store.userImages.find(id)).toEqual({
    id,
    prompt: `Rose's "best" 🌹`,
    provider: 'painter',
    model: 'painter-1',
    aspectRatio: '3:2',
    width: 1536,
    height: 1024,
    bytes: 100_000,
    thumbhash: 'AAH+/w==',
    createdAt: 7,
    position: String(7 * 2 ** 20),
    favourite: false,
  });
  expect(store.userImages.file(id)).toBe(file);
});

test('keeps the first row when a picture is inserted again', () => {
  const image = add();
  store.userImages.insert({ ...image, prompt: 'another', file: 'elsewhere.png' });
  expect(store.userImages.count()).toBe(1);
  expect(store.userImages.find(image.id)?.prompt).toBe('a sunset');
  expect(store.userImages.file(image.id)).toBe(image.file);
});

test('returns no aspect ratio if the parameters are unreadable', () => {
  const { id } = add({ params: '{"aspectRatio":"7:5","seed":1}' });
  expect(store.userImages.find(id)?.aspectRatio).toBeNull();
});

test('finds nothing for an unknown id', () => {
  expect(store.userImages.find(newId())).toBeUndefined();
  expect(store.userImages.file(newId())).toBeUndefined();
  expect(store.userImages.count()).toBe(0);
});

test('marks a favourite, and says whether that changed it', () => {
  const { id } = add();
  expect(store.userImages.setFavourite(id, true)).toBe(true);
  expect(store.userImages.setFavourite(id, true)).toBe(false);
  expect(store.userImages.find(id)?.favourite).toBe(true);
  expect(store.userImages.setFavourite(newId(), true)).toBe(false);
});

describe('a search', () => {
  const prompts = [
    '100% sun',
    '100 suns',
    'snake_case',
    'back\\slash',
    `Rose's "best"`,
    'fox 🦊 at dawn',
    'a fox in fog',
    'Crème brûlée im Café, Ærø',
    'black-and-white portrait',
    'ひまわりと富士山、夕焼け',
    '东京的雨夜',
    '서울의 붉은여우',
    'แมวสีดำในสวน',
    'लाल लोमड़ी',
    'ДОМ у моря',
  ];

  beforeEach(() => {
    for (const prompt of prompts) add({ prompt });
  });

  test.each([
    ['100%', ['100% sun', '100 suns']],
    ['%', ['100% sun']],
    ['\\', ['back\\slash']],
    ['_', ['snake_case']],
    ['snake_c', ['snake_case']],
    ['snake case', ['snake_case']],
    [`rose's`, [`Rose's "best"`]],
    [`' OR 1=1 --`, []],
    ['🦊', ['fox 🦊 at dawn']],
    ['🐻', []],
    ['FOX', ['fox 🦊 at dawn', 'a fox in fog']],
    ['  fo  ', ['fox 🦊 at dawn', 'a fox in fog']],
    ['dawn fox', ['fox 🦊 at dawn']],
    ['fog fox', ['a fox in fog']],
    ['"fox in"', ['a fox in fog']],
    ['"in fox"', []],
    ['"fox i"', []],
    ['"fox i', ['a fox in fog']],
    ['“fox in” fog', ['a fox in fog']],
    ['creme brulee', ['Crème brûlée im Café, Ærø']],
    ['CAFÉ', ['Crème brûlée im Café, Ærø']],
    ['cafe\u0301', ['Crème brûlée im Café, Ærø']],
    ['and-white', ['black-and-white portrait']],
    ['and-black', []],
    ['富士', ['ひまわりと富士山、夕焼け']],
    ['士山', ['ひまわりと富士山、夕焼け']],
    ['山士', []],
    ['夕焼け 富士山', ['ひまわりと富士山、夕焼け']],
    ['东京', ['东京的雨夜']],
    ['雨夜', ['东京的雨夜']],
    ['여우', ['서울의 붉은여우']],
    ['แมว', ['แมวสีดำในสวน']],
    ['लोमड़ी', ['लाल लोमड़ी']],
    ['дом МОРЯ', ['ДОМ у моря']],
    ['', prompts],
    ['   ', prompts],
    ['"', prompts],
    ['""', prompts],
  ])('for %j finds %j', (words, found) => {
    expect(search(words).toSorted()).toEqual([...found].toSorted());
  });

  test('finds a model by its id and its label, and a provider', () => {
    const { prompt } = add({ prompt: 'a heron', provider: 'google', model: 'gemini-nano-banana-2.1' });
    for (const words of ['gemini', 'nano banana', 'Google', 'heron bana', 'gemini-nano-banana-2.1']) {
      expect(search(words)).toEqual([prompt]);
    }
    expect(search('offline')).toHaveLength(prompts.length);
  });

  test('finds a model by the name that its service gives it, and by the name behind its maker', () => {
    const model = { id: 'house-model-7', label: 'Moorhen Deluxe', makes: 'pictures' } as const;
    rememberModels('own', 'openai-compatible', [model]);
    const own = add({ prompt: 'a coot', provider: 'own', model: model.id });
    expect(search('moorhen')).toEqual([own.prompt]);
    const passedOn = add({ prompt: 'a grebe', provider: 'own', model: 'google/gemini-nano-banana-2.1' });
    expect(search('nano banana')).toEqual([passedOn.prompt]);
    rememberModels('own', 'openai-compatible', []);
  });

  test('never fails, and treats no character as an operator', () => {
    const pieces = [
      '"',
      "'",
      '*',
      '(',
      ')',
      '^',
      ':',
      '-',
      '+',
      '{',
      '}',
      'NEAR(',
      ' AND ',
      ' OR ',
      ' NOT ',
      '\\',
    ];
    const more = [
      'prompt:',
      '%',
      '_',
      '\0',
      '\n',
      '🦊',
      '👩‍👩‍👧',
      '富',
      'é',
      '\ud800',
      '\uffff',
      '\u202e',
      'x',
      '0',
      ';--',
      '﷽',
    ];
    const all = [...pieces, ...more];
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    for (let round = 0; round < 500; round += 1) {
      const length = Math.ceil(random() * 60);
      const text = Array.from({ length }, () => all[Math.floor(random() * all.length)]).join('');
      expect(() => search(text.slice(0, maxSearchLength))).not.toThrow();
    }
    for (const piece of all) expect(() => search(piece.repeat(500).slice(0, maxSearchLength))).not.toThrow();
    expect(search('NOT fox')).toEqual([]);
    expect(search('fox OR rose')).toEqual([]);
    expect(search('prompt:fox')).toEqual([]);
    // As many different words as a search text can have.
    const many = Array.from({ length: 166 }, (_, index) => index.toString(36).padStart(2, 'z'));
    expect(search(many.join(' '))).toEqual([]);
  });
});
