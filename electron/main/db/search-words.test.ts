import { v7 as newId } from 'uuid';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { nativeBinding } from './native-binding';
import { openStore, type Store } from './open';
import { readGallery } from './test-gallery';

let store: Store;

beforeEach(() => {
  store = openStore({ file: ':memory:', nativeBinding: nativeBinding(process.cwd()) });
  onTestFinished(() => store.close());
});

function add(...prompts: string[]): void {
  for (const prompt of prompts) {
    const id = newId();
    store.userImages.insert({
      id,
      messageId: id,
      file: `images/${id}.png`,
      width: 3,
      height: 2,
      bytes: 1,
      thumbhash: '',
      prompt,
      provider: 'painter',
      model: 'painter-1',
      params: '{}',
      createdAt: 1_700_000_000_000,
    });
  }
}

function find(text: string, change: Partial<GalleryQuery> = {}, limit?: number): string[] {
  return readGallery(store, { ...everyPicture, text, ...change }, limit).map(({ prompt }) => prompt);
}

test.each([
  ['lighthouse at dusk', 'house', 'ght', 'use', 'thous', 'e', 'LIGHT'],
  ['ein Leuchtturmhaus', 'haus', 'turm', 'Türm', 'leuchtturmhaus'],
  ['Łódź w nocy', 'lodz', 'ódz', 'łó'],
  ['Hans Christian Ørsted', 'orsted', 'rsted', 'ørst'],
  ['die Straße', 'strasse', 'trass', 'ss', 'STRAẞE'],
  ['مَدِينَةٌ قديمة', 'مدينه', 'دين', 'م'],
  ['אֳנִיָּה וְשָׁלוֹם', 'שלום', 'לו', 'אני'],
  ['phố Đường', 'duong', 'pho', 'ươ'],
  ["a beach in Hawaiʻi, l'eau", 'hawaii', "hawai'i", 'eau', "l'eau"],
  ['富士山の夕焼け', '富', '富士', '士山', '山の夕', '富士山の夕焼け', '夕焼け', 'の夕焼け'],
  ['フジロック', 'ふじ', 'ろっく', 'ロ'],
  ['แมวน้ำในทะเล', 'แมว', 'ทะเล', 'ล'],
  ['대한민국 서울', '한민', '서', '국'],
  ['東京tower', 'tower', '京', '東京 tow', 'owe'],
  ['🦊 and 🇫🇷', '🦊', '🇫🇷', '🦊 🇫🇷'],
  ['Ｆｕｌｌ ｗｉｄｔｈ', 'full', 'idth'],
  ['version 12345678', '345', '5678', '١٢'],
  ['Donaudampfschifffahrtsgesellschaftskapitän', 'dampfschifffahrtsgesell', 'kapitan', 'schiff'],
  ['черно-белая фотография', 'графия', 'бел', 'черно-бел'],
])('finds "%s" by each part of it', (prompt, ...texts) => {
  add('something else', prompt, 'xyz');
  expect(texts.filter((text) => !find(text).includes(prompt))).toEqual([]);
});

test.each([
  ['lighthouse', 'lighthouses', 'hose', 'houselight', 'lighthoused'],
  ['富士山の夕焼け', '山富', '富士の', '富士山の朝焼け', '夕焼山の'],
  ['abcdefghijklmnopqrstuvwxyz', 'abcdefghijklnm', 'ghijklmnopqrstuvwxya', 'zabc'],
  ['a black cat, white', '"black white"', 'black-white'],
])('does not find "%s" by what it does not contain', (prompt, ...texts) => {
  add(prompt);
  expect(texts.filter((text) => find(text).length > 0)).toEqual([]);
});

test('lists whole words first, then beginnings, then parts of words, each newest first', () => {
  add('a house', 'houses', 'lighthouse', 'the house', 'housing houseboat', 'greenhouses', 'a tree');
  const ranked = ['the house', 'a house', 'housing houseboat', 'houses', 'greenhouses', 'lighthouse'];
  expect(find('house', { sort: 'relevance' })).toEqual(ranked);
  for (const limit of [1, 2, 3, 4, 5, 6]) {
    expect(find('house', { sort: 'relevance' }, limit)).toEqual(ranked);
  }
  expect(find('house', { sort: 'newest' })[0]).toBe('greenhouses');
  expect(find('house', { sort: 'oldest' })[0]).toBe('a house');
});

test('ranks several words by the worst of them, and lists each picture once', () => {
  add('a fox in a greenhouse', 'foxes and houses', 'a fox and a house', 'outfox the house');
  const ranked = ['a fox and a house', 'foxes and houses', 'outfox the house', 'a fox in a greenhouse'];
  expect(find('fox house', { sort: 'relevance' })).toEqual(ranked);
  expect(find('fox house', { sort: 'relevance' }, 1)).toEqual(ranked);
});

test('orders by relevance like newest where there is nothing to rank', () => {
  add('富士', 'in the manner of x', '100 %');
  expect(find('', { sort: 'relevance' })).toEqual(['100 %', 'in the manner of x', '富士']);
  expect(find('"in the manner"', { sort: 'relevance' })).toEqual(['in the manner of x']);
  expect(find('富', { sort: 'relevance' }, 1)).toEqual(['富士']);
  expect(find('%', { sort: 'relevance' })).toEqual(['100 %']);
});

test('finds words beside phrases, and counts what it lists', () => {
  add('a lighthouse in the manner of x', 'a house in the manner', 'in the manner', 'a lighthouse');
  for (const sort of ['relevance', 'newest', 'largest', 'model'] as const) {
    const query = { ...everyPicture, text: '"in the manner" house', sort };
    expect(find(query.text, { sort }).toSorted()).toEqual([
      'a house in the manner',
      'a lighthouse in the manner of x',
    ]);
    expect(store.galleryFacets.count(query)).toBe(2);
  }
});

test('every substring of a word finds it', () => {
  const word = 'Überraschungseiñtopfgericht';
  add(word);
  const missing: string[] = [];
  for (let from = 0; from < word.length; from += 1) {
    for (let to = from + 1; to <= word.length; to += 1) {
      if (find(word.slice(from, to)).length !== 1) missing.push(word.slice(from, to));
    }
  }
  expect(missing).toEqual([]);
});

test('never makes an error of what is typed', () => {
  add('a fox');
  const signs = [
    '^',
    '^fox',
    '"^fox',
    'fox*',
    'fox NOT a',
    '(',
    ')',
    'NEAR(a b)',
    '-fox',
    ':',
    '{a}:',
    '+',
    '\0',
    "'",
  ];
  for (const text of [
    ...signs,
    ...signs.map((sign) => `fox ${sign}`),
    'x'.repeat(500),
    '雪'.repeat(500),
    'a '.repeat(250),
  ]) {
    for (const sort of ['relevance', 'newest', 'largest'] as const) {
      expect(() => find(text, { sort }), text).not.toThrow();
    }
  }
  expect(find('^fox')).toEqual(['a fox']);
});
